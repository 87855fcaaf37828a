import { type CommandInfo, type ContractMismatch, type Problem, WsrvClient } from '@wsrv/client'
import { CommandError } from '@wsrv/protocol'
import { type CommandContract, type Contract, didYouMean } from '@wsrv/schema'
import { type Command, InvalidArgumentError } from 'commander'
import type { ProjectOptions } from '../command.ts'
import type { Output } from '../output.ts'
import { printable } from '../show/printable.ts'
import { DEFAULT_URL, readUrl } from './read-options.ts'
import { parseJson } from './read-value.ts'
import { logWire } from './wire-log.ts'

/** Where a command that talks to a server finds it, and how it gets in. */
export interface ConnectionOptions extends ProjectOptions {
  readonly url: string
  readonly auth?: string
  readonly setup?: readonly SetupCall[]
  readonly raw?: boolean
  readonly verbose?: boolean
}

/** A call that goes before all others. */
interface SetupCall {
  readonly cmd: string
  readonly data: unknown
}

/** The option of commands that need no contract. */
export const RAW_OPTION = ['--raw', 'without the contract'] as const

/** Adds the options of {@link ConnectionOptions} that are not the project's. */
export function addConnectionOptions(command: Command): Command {
  return command
    .option('--url <url>', 'server; default: env WSRV_URL', readUrl, process.env['WSRV_URL'] || DEFAULT_URL)
    .option('--auth <credentials>', 'presented on connect: JSON or text')
    .option('--setup <call>', 'goes first: \'register {"uid":1}\'; may be repeated', readSetup)
    .option('-v, --verbose', 'show the messages on the wire')
}

function readSetup(text: string, calls: readonly SetupCall[] = []): readonly SetupCall[] {
  const [, cmd = '', json] = /^\s*(\S+)\s*(.*)$/s.exec(text) ?? []
  const data = json === '' ? {} : parseJson(json ?? '')
  if (cmd !== '' && data !== undefined) return [...calls, { cmd, data }]
  throw new InvalidArgumentError('Expected a command and its data as JSON: \'register {"uid":1}\'.')
}

/** A client that connects once, and what kept it from being open. */
export interface Connected {
  readonly client: WsrvClient
  /** Whether it was ever open. */
  wasOpen(): boolean
}

/** Opens a client that does not come back: what a program that ends soon needs. */
export function openClient(options: ConnectionOptions, contract: Contract | undefined, output: Output): Connected {
  const { url, auth, setup = [], verbose } = options
  let wasOpen = false
  const client = new WsrvClient(url, {
    reconnect: false,
    onProblem: (problem) => reportProblem(output, problem),
    ...(auth !== undefined && { auth: readAuth(auth) }),
    ...(contract?.hashes && { contract: contract.hashes }),
    ...(verbose && { transport: logWire(output) }),
    ...(setup.length > 0 && {
      setup: async (caller) => {
        for (const { cmd, data } of setup) await caller.call(commandInfo(cmd, contract), data)
      },
    }),
  })
  client.onState((state) => {
    wasOpen ||= state === 'open'
  })
  client.onContractMismatch((mismatch) => warnMismatch(output, mismatch))
  return { client, wasOpen: () => wasOpen }
}

function readAuth(text: string): string | Readonly<Record<string, unknown>> {
  const value = parseJson(text)
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : text
}

/** What else goes wrong is what the call fails with, or a push that was not asked for. */
function reportProblem({ error, colors }: Output, { kind, error: cause }: Problem): void {
  if (kind === 'unreadable_message') error(`${colors.yellow('warning')} ${printable(String(cause))}`)
}

function warnMismatch({ error, colors }: Output, { differing }: ContractMismatch): void {
  const names = differing.length === 0 ? 'something that this one does not know' : printable(differing.join(', '))
  error(`${colors.yellow('warning')} the server speaks another contract; different: ${names}`)
}

/** What the client has to know of a command. */
export function commandInfo(cmd: string, contract: Contract | undefined): CommandInfo {
  const command = contract && findCommand(contract, cmd)
  if (command === undefined) return { cmd }
  const { errors, idempotent, timeoutMs } = command
  const statuses = Object.entries(errors).map(([name, { status }]) => [status, name] as const)
  return { cmd, errors: statuses, idempotent, ...(timeoutMs !== undefined && { timeoutMs }) }
}

/** A command by its name, former ones included. */
export function findCommand({ commands }: Contract, cmd: string): CommandContract | undefined {
  return commands.find((one) => one.cmd === cmd) ?? commands.find((one) => one.renamedFrom?.includes(cmd))
}

/** Why there is no such command or push, and which one may have been meant. */
export function noSuch(kind: 'command' | 'push', name: string, known: readonly string[]): string {
  const names = known.length === 0 ? ' It has none.' : ` Expected one of ${known.join(', ')}.`
  return `the contract has no ${kind} "${name}".${didYouMean(name, known) || names}`
}

/** The failure behind a failure: a client that was closed says of each call why. */
export function rootFailure(error: unknown): unknown {
  return error instanceof CommandError && error.cause instanceof CommandError ? error.cause : error
}
