import { type CommandTree, nestCommands } from '../model/command-tree.ts'
import { describeAs } from '../model/docs.ts'
import type { Model } from '../model/model.ts'
import type { Doc } from './layout.ts'
import { printComment } from './print-comment.ts'
import { printData } from './print-data.ts'
import { printBlock } from './print-declaration.ts'
import { printDeprecations } from './print-deprecations.ts'
import { printCommandTable, printMembers, printNamespaces, tableName } from './print-namespaces.ts'
import { printSnapshotOffer } from './print-snapshots.ts'

/** Prints a generated client's functions: the factories, the namespaces and the error guard. */
export function printClientFunctions(model: Model): readonly Doc[] {
  const { commands } = model
  const tree = nestCommands(commands)
  const deprecations = printDeprecations(model)
  const head = [printCreateClient(model, tree), printCreateBareClient()]
  if (commands.length === 0) return [...head, printContract(model), ...printPushHashes(model), ...deprecations]
  return [
    ...head,
    printBindCommands(tree),
    ...printNamespaces(tree),
    printIsCommandError(),
    printContract(model),
    printUses(),
    ...printCommandTable(tree, model),
    ...printPushHashes(model),
    ...deprecations,
  ]
}

function printCreateClient(model: Model, tree: CommandTree): Doc {
  const hasCommands = tree.members.length > 0
  const steps = [
    `const client = createBareClient(url, ${hasCommands ? '{ commands: bindCommands, ...options }' : 'options'})`,
    ...(listPushHashes(model).length > 0 ? ['Object.assign(contract.commands, pushes)'] : []),
    ...printSnapshotOffer(model),
    ...(printDeprecations(model).length > 0 ? ['warnDeprecated(client, deprecated, options)'] : []),
  ]
  const made = hasCommands ? 'return Object.assign(client, bindCommands(client))' : 'return client'
  const [first] = steps
  const body =
    steps.length === 1 && !hasCommands ? [String(first).replace('const client =', 'return')] : [...steps, made]
  return [
    printComment(
      describeAs('Makes a client of the server at `url`. It connects by itself, and again when it loses the server.'),
    ),
    `export function createClient(url: ClientUrl, options?: ClientOptions${hasCommands ? '<Commands>' : ''}): ${CLIENT_TYPE} `,
    printBlock(body),
  ]
}

/** The commands as methods bound to a caller: the client, or the argument of `setup`. */
function printBindCommands(tree: CommandTree): Doc {
  const uses = tree.members.some((member) => 'command' in member) ? [`uses(${tableName(tree)})`] : []
  const head = 'function bindCommands(client: Caller): Commands '
  return [head, printBlock([...uses, ['return ', printBlock(printMembers(tree))]])]
}

const CLIENT_TYPE = 'Client'

function printCreateBareClient(): Doc {
  return [printComment(describeAs(BARE_CLIENT)), BARE_CLIENT_HEAD, printBlock([`return ${NEW_CLIENT}`])]
}

const BARE_CLIENT =
  'Makes a client without commands, for pages where every byte counts: they carry only the namespaces whose functions ' +
  'they call with it. It prints no warnings, and a contract mismatch names the commands of those ' +
  'namespaces only.'
const BARE_CLIENT_HEAD =
  'export function createBareClient(url: ClientUrl, options?: ClientOptions): WsrvClient<Pushes> '
const NEW_CLIENT = 'new WsrvClient<Pushes>(url, { contract, ...options })'

function printIsCommandError(): Doc {
  return [
    printComment(
      describeAs('Whether `error` is what a call of `cmd` rejected with; narrows the types of its `code` and `data`.'),
    ),
    'export function isCommandError<Cmd extends keyof CommandErrors>(cmd: Cmd, error: unknown): error is CommandErrors[Cmd] ',
    printBlock(['return isErrorOf(cmd, error)']),
  ]
}

/** The contract's hash, to which the hashes of commands and pushes are added on first use. */
function printContract({ contract }: Model): Doc {
  return `const contract = { hash: '${contract.hashes.hash}', commands: {} as Record<string, string> }`
}

function printUses(): Doc {
  const head = 'function uses(commands: Readonly<Record<string, KnownCommand>>): void '
  return [
    'type KnownCommand = CommandInfo & { readonly hash: string }\n\n',
    head,
    printBlock(['for (const { cmd, hash } of Object.values(commands)) contract.commands[cmd] = hash']),
  ]
}

/** The hashes of pushes; those of commands are in the tables of commands. */
function printPushHashes(model: Model): readonly Doc[] {
  const entries = listPushHashes(model)
  const head = 'const pushes = '
  return entries.length === 0 ? [] : [[head, printData(Object.fromEntries(entries), head.length)]]
}

function listPushHashes({ pushes, contract }: Model): readonly (readonly [name: string, hash: string])[] {
  return pushes.map(({ cmd }) => [cmd, contract.hashes.commands[cmd] ?? ''] as const)
}
