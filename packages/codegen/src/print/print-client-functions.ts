import type { ContractHashes } from '@wsrv/schema'
import { type CommandTree, nestCommands } from '../model/command-tree.ts'
import { describeAs } from '../model/docs.ts'
import type { CommandModel, Model } from '../model/model.ts'
import { propertyKey } from '../names.ts'
import type { Doc } from './layout.ts'
import { printComment } from './print-comment.ts'
import { printData } from './print-data.ts'
import { printBlock } from './print-declaration.ts'
import { printDeprecations } from './print-deprecations.ts'
import { printMethod } from './print-method.ts'
import { printRecord, printValue } from './print-value.ts'

/** Prints what a generated client has at run time: how to make one, how to tell errors apart, and the table of commands. */
export function printClientFunctions(model: Model): readonly Doc[] {
  const { commands } = model
  const hashes = ['const contract = ', printData(ownHashes(model), 'const contract = '.length)]
  const deprecations = printDeprecations(model)
  const warn = deprecations.length === 0 ? [] : ['warnDeprecated(client, deprecated, options)']
  const make = [`const client = ${NEW_CLIENT}`, ...warn]
  if (commands.length === 0) {
    const body = warn.length === 0 ? [`return ${NEW_CLIENT}`] : [...make, 'return client']
    return [printCreateClient(body), hashes, ...deprecations]
  }
  const assign = ['return Object.assign(client, ', printTree(nestCommands(commands)), ')']
  return [
    printCreateClient([...make, assign]),
    printIsCommandError(),
    printCommandTable(commands),
    hashes,
    ...deprecations,
  ]
}

/** What the client was generated from: it uses no former names, and does not miss them on a server that dropped them. */
function ownHashes({ commands, pushes, contract: { hashes } }: Model): ContractHashes {
  const own = new Set([...commands, ...pushes].map(({ cmd }) => cmd))
  const entries = Object.entries(hashes.commands).filter(([name]) => own.has(name))
  return { ...hashes, commands: Object.fromEntries(entries) }
}

const NEW_CLIENT = 'new WsrvClient<Pushes>(url, { contract, ...options })'

function printCreateClient(body: readonly Doc[]): Doc {
  return [
    printComment(
      describeAs('Makes a client of the server at `url`. It connects by itself, and again when it loses the server.'),
    ),
    'export function createClient(url: ClientUrl, options?: ClientOptions): Client ',
    printBlock(body),
  ]
}

function printTree({ members }: CommandTree): Doc {
  const printed = members.map((member) => [
    `${propertyKey(member.name)}: `,
    'tree' in member ? printTree(member.tree) : printMethod(member.command),
    ',',
  ])
  return printBlock(printed)
}

function printIsCommandError(): Doc {
  return [
    printComment(
      describeAs('Whether `error` is what a call of `cmd` rejected with: gives its `code` and `data` their types.'),
    ),
    'export function isCommandError<Cmd extends keyof CommandErrors>(cmd: Cmd, error: unknown): error is CommandErrors[Cmd] ',
    printBlock(['return isErrorOf(cmd, error)']),
  ]
}

/** The runtime's view of the contract, as `CommandInfo` of the client package. */
function printCommandTable(commands: readonly CommandModel[]): Doc {
  const entries = commands.map(({ cmd, errors, idempotent, timeoutMs }): readonly [string, Doc] => {
    const info: (readonly [string, Doc])[] = [['cmd', printValue(cmd)]]
    if (errors.length > 0) info.push(['errors', printValue(errors.map(({ status, name }) => [status, name]))])
    if (idempotent) info.push(['idempotent', 'true'])
    if (timeoutMs !== undefined) info.push(['timeoutMs', printMs(timeoutMs)])
    return [cmd, printRecord(info)]
  })
  return ['const commands = ', printRecord(entries, true), ' satisfies Record<string, CommandInfo>']
}

/** `5000` as `5_000`. */
function printMs(ms: number): string {
  return String(ms).replaceAll(/\B(?=(\d{3})+$)/g, '_')
}
