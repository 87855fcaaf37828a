import type { WsrvClient } from '@wsrv/client'
import type { Command } from 'commander'
import { addConnectionOptions, type ConnectionOptions, noSuch, RAW_OPTION } from '../client/connection.ts'
import { readTime } from '../client/read-options.ts'
import { runConnected } from '../client/run-connected.ts'
import { waitConnected } from '../client/wait-connected.ts'
import { addProjectOptions, type CommandContext, JSON_OPTION } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { loadContract } from '../load-contract.ts'
import type { Output } from '../output.ts'
import { reportProblems, reportUsage } from '../report.ts'
import { jsonLine, jsonText } from '../show/json-text.ts'
import { printable } from '../show/printable.ts'

interface TailOptions extends ConnectionOptions {
  readonly for?: number
  readonly json?: boolean
}

/** `wsrv tail`: pushes as they come. */
export function addTail(command: Command, context: CommandContext): void {
  addConnectionOptions(addProjectOptions(command))
    .argument('[push...]', 'which pushes; all of the contract when left out')
    .option('--for <time>', 'how long: 500ms, 10s, 2m', readTime)
    .option(...RAW_OPTION)
    .option(...JSON_OPTION)
    .action((names: readonly string[], options: TailOptions) => runTail(names, options, context))
}

async function runTail(names: readonly string[], options: TailOptions, context: CommandContext): Promise<void> {
  const { cwd, output, finish } = context
  const loaded = options.raw ? { contract: undefined } : await loadContract(options, cwd)
  if ('diagnostics' in loaded) return finish(reportProblems(EXIT.usage, loaded.diagnostics))
  const { contract } = loaded
  const known = contract?.pushes.map(({ cmd }) => cmd)
  const wrong = known === undefined ? [] : names.filter((name) => !known.includes(name))
  if (wrong.length > 0) return finish(reportUsage(wrong.map((name) => noSuch('push', name, known ?? []))))
  const chosen = names.length > 0 ? names : (known ?? [])
  if (chosen.length === 0) return finish(reportUsage([NO_PUSH]))
  const json = options.json ?? !output.isTerminal
  const run = async (client: WsrvClient, stop: AbortSignal): Promise<ExitCode> => {
    for (const name of chosen) client.on(name, (data) => showPush(output, name, { data, json }))
    await client.connect()
    if (stop.aborted || (await waitConnected(client, stop, options.for)) || stop.aborted) return EXIT.ok
    output.error('the connection was lost')
    return EXIT.noConnection
  }
  return runConnected({ options, contract, run }, context)
}

const NO_PUSH = 'there is no push to print: without a contract, or with one that has none, name those that you mean.'

function showPush({ info, colors }: Output, name: string, push: { readonly data: unknown; readonly json: boolean }) {
  const { data, json } = push
  if (json) info(jsonLine({ push: name, data }))
  else info(`${colors.bold(printable(name))} ${jsonText(data, colors)}`)
}
