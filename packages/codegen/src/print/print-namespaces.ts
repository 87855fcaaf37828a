import { type CommandTree, namespacesOf } from '../model/command-tree.ts'
import { describeAs } from '../model/docs.ts'
import type { CommandModel, Model } from '../model/model.ts'
import { propertyAccess, propertyKey, typeName, uncapitalize } from '../names.ts'
import type { Doc } from './layout.ts'
import { printComment } from './print-comment.ts'
import { printBlock } from './print-declaration.ts'
import { printMethod } from './print-method.ts'
import { printRecord, printValue } from './print-value.ts'

/**
 * Prints one function per namespace, which binds its commands to a client. Each namespace has its own table of commands,
 * so that a bundler can drop the namespaces that a page does not use.
 */
export function printNamespaces(tree: CommandTree): readonly Doc[] {
  return namespacesOf(tree).map((namespace) => {
    const type = typeName(...namespace.path, 'Commands')
    const uses = hasMethods(namespace) ? [`uses(${tableName(namespace)})`] : []
    return [
      printComment(describeAs(`The commands of \`${namespace.path.join('.')}\`, called through \`client\`.`)),
      `export function ${uncapitalize(type)}(client: Caller): ${type} `,
      printBlock([...uses, ['return ', printBlock(printMembers(namespace))]]),
    ]
  })
}

/** Prints the members of a namespace, or of the client itself. */
export function printMembers(tree: CommandTree): readonly Doc[] {
  return tree.members.map((member) => [
    `${propertyKey(member.name)}: `,
    'tree' in member
      ? `${uncapitalize(typeName(...member.tree.path, 'Commands'))}(client)`
      : printMethod(member.command, propertyAccess(tableName(tree), member.name)),
    ',',
  ])
}

/** Name of the constant with the commands of a namespace, or with those outside every namespace. */
export function tableName({ path }: Pick<CommandTree, 'path'>): string {
  return path.length === 0 ? 'commands' : `commandsOf${typeName(...path)}`
}

/** Prints the tables of commands, one per namespace; each entry is a `CommandInfo` of the client package. */
export function printCommandTable(tree: CommandTree, { contract }: Model): readonly Doc[] {
  return [tree, ...namespacesOf(tree)].filter(hasMethods).map((namespace) => {
    const entries = namespace.members.flatMap((member): readonly (readonly [string, Doc])[] => {
      if ('tree' in member) return []
      return [[member.name, printInfo(member.command, contract.hashes.commands[member.command.cmd] ?? '')]]
    })
    const head = `const ${tableName(namespace)} = `
    return [head, printRecord(entries, true), ' satisfies Record<string, KnownCommand>']
  })
}

function hasMethods({ members }: CommandTree): boolean {
  return members.some((member) => 'command' in member)
}

function printInfo({ cmd, errors, idempotent, timeoutMs }: CommandModel, hash: string): Doc {
  const info: (readonly [string, Doc])[] = [
    ['cmd', printValue(cmd)],
    ['hash', printValue(hash)],
  ]
  if (errors.length > 0) info.push(['errors', printValue(errors.map(({ status, name }) => [status, name]))])
  if (idempotent) info.push(['idempotent', 'true'])
  if (timeoutMs !== undefined) info.push(['timeoutMs', printMs(timeoutMs)])
  return printRecord(info)
}

/** `5000` as `5_000`. */
function printMs(ms: number): string {
  return String(ms).replaceAll(/\B(?=(\d{3})+$)/g, '_')
}
