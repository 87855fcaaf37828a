import type { WsrvClient } from '@wsrv/client'
import type { Contract } from '@wsrv/schema'
import type { Command } from 'commander'
import { callOf } from '../client/call-of.ts'
import { showCommandHelp } from '../client/command-help.ts'
import { addConnectionOptions, type ConnectionOptions, findCommand, RAW_OPTION } from '../client/connection.ts'
import { readCall } from '../client/read-call.ts'
import { readMs } from '../client/read-options.ts'
import { runConnected } from '../client/run-connected.ts'
import { addProjectOptions, type CommandContext, JSON_OPTION } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { loadContract } from '../load-contract.ts'
import { reportProblems, reportUsage } from '../report.ts'
import { jsonLine, jsonText } from '../show/json-text.ts'

interface CallOptions extends ConnectionOptions {
  readonly data?: string
  readonly timeoutMs?: number
  readonly json?: boolean
  readonly help?: boolean
}

/** `wsrv call`: one call to a server, its words typed by the contract. */
export function addCall(command: Command, context: CommandContext): void {
  addConnectionOptions(addProjectOptions(command))
    .argument('[cmd]', 'the command, as chat.send')
    .argument('[words...]', 'its parameters in order, and a flag for each property')
    .option('--data <json>', "the request's data, which parameters and flags are set in")
    .option('--timeout-ms <ms>', 'how long it may take, the connection included', readMs)
    .option(...RAW_OPTION)
    .option(...JSON_OPTION)
    .option('-h, --help', 'what this or, behind a command, that one takes')
    .helpOption(false)
    .allowUnknownOption()
    .action(async (cmd: string | undefined, words: readonly string[], options: CallOptions, self: Command) => {
      if (cmd !== undefined && !cmd.startsWith('-')) await runCall(cmd, words, options, context)
      else if (options.help) self.outputHelp()
      else self.error("error: missing required argument 'cmd'")
    })
}

async function runCall(
  cmd: string,
  words: readonly string[],
  options: CallOptions,
  context: CommandContext,
): Promise<void> {
  const { cwd, output, finish } = context
  const loaded = options.raw ? { contract: undefined } : await loadContract(options, cwd)
  if ('diagnostics' in loaded) return finish(reportProblems(EXIT.usage, loaded.diagnostics))
  const { contract } = loaded
  const command = contract && findCommand(contract, cmd)
  if (options.help && command) return showCommandHelp(output, command, contract.types)
  const read = readCall(cmd, contract, { words, json: options.data })
  if ('problems' in read) return finish(reportUsage(read.problems))
  return call({ cmd, data: read.data, contract }, options, context)
}

interface Request {
  readonly cmd: string
  readonly data: unknown
  readonly contract: Contract | undefined
}

function call({ cmd, data, contract }: Request, options: CallOptions, context: CommandContext): Promise<void> {
  const { output } = context
  const json = options.json ?? !output.isTerminal
  const run = async (client: WsrvClient, signal: AbortSignal): Promise<ExitCode> => {
    const show = (value: unknown): void => output.info(json ? jsonLine(value) : jsonText(value, output.colors))
    await callOf(cmd, contract)(client, data, { timeoutMs: options.timeoutMs, signal, show })
    return EXIT.ok
  }
  return runConnected({ options, contract, run }, context)
}
