import { createInterface, type Interface } from 'node:readline'
import type { WsrvClient } from '@wsrv/client'
import { CommandError } from '@wsrv/protocol'
import type { Contract } from '@wsrv/schema'
import { callOf } from '../client/call-of.ts'
import { showCommandHelp } from '../client/command-help.ts'
import { type ConnectionOptions, findCommand } from '../client/connection.ts'
import { readCall } from '../client/read-call.ts'
import { runConnected } from '../client/run-connected.ts'
import type { CommandContext, Terminal } from '../command.ts'
import { completeCall, starting } from '../complete/complete-call.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { loadContract } from '../load-contract.ts'
import type { Output } from '../output.ts'
import { reportProblems } from '../report.ts'
import { jsonLine, jsonText } from '../show/json-text.ts'
import { printable } from '../show/printable.ts'
import { showFailure } from '../show/show-failure.ts'
import { showRows } from '../show/show-rows.ts'
import { loadHistory, MAX_HISTORY, saveHistory } from './history.ts'
import { splitLine, splitTyped } from './split-line.ts'

/** What `wsrv repl` takes. */
export interface ReplOptions extends ConnectionOptions {
  readonly json?: boolean
}

/** Calls what is typed, line by line, on one connection. */
export async function runRepl(options: ReplOptions, context: CommandContext): Promise<void> {
  const { cwd, output, finish, terminal } = context
  const loaded = options.raw ? { contract: undefined } : await loadContract(options, cwd)
  if ('diagnostics' in loaded) return finish(reportProblems(EXIT.usage, loaded.diagnostics))
  const { contract } = loaded
  const json = options.json ?? !output.isTerminal
  const run = async (client: WsrvClient, stop: AbortSignal): Promise<ExitCode> => {
    await client.connect()
    return new Repl({ client, contract, output, json, terminal }).run(stop)
  }
  return runConnected({ options, contract, run }, context)
}

interface ReplParts {
  readonly client: WsrvClient
  readonly contract: Contract | undefined
  readonly output: Output
  readonly json: boolean
  readonly terminal: Terminal
}

class Repl {
  readonly #parts: ReplParts
  readonly #lines: Interface
  /** Ends the call that is under way. */
  #call: AbortController | undefined
  #hasFailed = false

  constructor(parts: ReplParts) {
    this.#parts = parts
    const { input, output, isInteractive } = parts.terminal
    this.#lines = createInterface({
      input,
      ...(isInteractive && { output, history: loadHistory() }),
      terminal: isInteractive,
      historySize: MAX_HISTORY,
      removeHistoryDuplicates: true,
      prompt: 'wsrv> ',
      completer: (line: string) => complete(line, parts.contract),
    })
  }

  async run(stop: AbortSignal): Promise<ExitCode> {
    const { client, contract, terminal } = this.#parts
    const end = (): void => this.#lines.close()
    stop.addEventListener('abort', end)
    client.onState((state) => state === 'closed' && end())
    for (const { cmd } of contract?.pushes ?? []) client.on(cmd, (data) => this.#showPush(cmd, data))
    this.#lines.on('SIGINT', () => (this.#call === undefined ? end() : this.#call.abort()))
    this.#lines.on('history', (lines: readonly string[]) => saveHistory(lines))
    this.#prompt()
    for await (const line of this.#lines) {
      if (!(await this.#enter(line))) break
      this.#prompt()
    }
    this.#lines.close()
    if (client.state === 'closed' && !stop.aborted) {
      this.#parts.output.error('the connection was lost')
      return EXIT.noConnection
    }
    // Of a script, the caller wants to know whether all of it worked.
    return this.#hasFailed && !terminal.isInteractive ? EXIT.refused : EXIT.ok
  }

  #prompt(): void {
    if (this.#parts.terminal.isInteractive) this.#lines.prompt(true)
  }

  /** @returns whether to go on. */
  async #enter(line: string): Promise<boolean> {
    const { output } = this.#parts
    try {
      const [cmd, ...words] = splitLine(line)
      if (cmd === '.exit') return false
      if (cmd === '.help') this.#help(words[0])
      else if (cmd !== undefined && !cmd.startsWith('#')) await this.#callIt(cmd, words)
    } catch (error) {
      this.#hasFailed = true
      if (this.#call?.signal.aborted) output.error(`[cancelled] ${printable(line)}`)
      else if (error instanceof CommandError) showFailure(output, error, this.#parts.json)
      else output.error((error as Error).message)
    } finally {
      this.#call = undefined
    }
    return true
  }

  async #callIt(cmd: string, words: readonly string[]): Promise<void> {
    const { client, contract, output, json } = this.#parts
    const read = readCall(cmd, contract, { words, json: undefined })
    if ('problems' in read) throw new SyntaxError(read.problems.join('\n'))
    this.#call = new AbortController()
    const show = (value: unknown): void => output.info(json ? jsonLine(value) : jsonText(value, output.colors))
    await callOf(cmd, contract)(client, read.data, { signal: this.#call.signal, show })
  }

  #help(cmd: string | undefined): void {
    const { contract, output } = this.#parts
    const command = cmd === undefined ? undefined : contract && findCommand(contract, cmd)
    if (command !== undefined && contract !== undefined) {
      showCommandHelp(output, command, contract.types)
      return
    }
    const commands = contract?.commands ?? []
    showRows(
      output,
      commands.map(({ cmd: name, description = '' }) => [name, description]),
    )
    output.info('.help <cmd> says what one takes; .exit or Ctrl-D ends; Ctrl-C cancels a call.')
  }

  #showPush(name: string, data: unknown): void {
    const { output, json, terminal } = this.#parts
    if (terminal.isInteractive) terminal.output.write(ERASED)
    if (json) output.info(jsonLine({ push: name, data }))
    else
      output.info(
        `${output.colors.magenta('⇠')} ${output.colors.bold(printable(name))} ${jsonText(data, output.colors)}`,
      )
    if (this.#call === undefined) this.#prompt()
  }
}

/** The line with the prompt gives way to what came. ECMA-48 §8.3.41. */
const ERASED = '\r\u001b[K'

function complete(line: string, contract: Contract | undefined): [string[], string] {
  const { words, tail } = splitTyped(line)
  const own = words.length === 0 ? ['.help', '.exit'].map((value) => ({ value, description: '' })) : []
  const given = words[0] === '.help' ? [] : words
  const found = contract === undefined ? [] : completeCall(given, tail, contract)
  const values = [...found, ...starting(tail, own)].map(({ value }) => value)
  const [only] = values
  return [values.length === 1 ? [`${only} `] : values, tail]
}
