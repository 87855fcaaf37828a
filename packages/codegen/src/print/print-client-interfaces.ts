import { type CommandTree, namespacesOf, nestCommands } from '../model/command-tree.ts'
import { describeAs } from '../model/docs.ts'
import { methodDocs } from '../model/method-docs.ts'
import type { Model } from '../model/model.ts'
import { propertyKey, typeName } from '../names.ts'
import type { Doc } from './layout.ts'
import { printComment } from './print-comment.ts'
import { printInterface } from './print-declaration.ts'
import { printMethodType } from './print-method.ts'
import { baseClientType } from './print-snapshots.ts'

/** Prints one interface per namespace, then the client's. */
export function printClientInterfaces(model: Model): readonly Doc[] {
  const { commands } = model
  const tree = nestCommands(commands)
  const namespaces = namespacesOf(tree).map((namespace) => [
    printComment(describeAs(`The commands of \`${namespace.path.join('.')}\`.`)),
    printInterface(interfaceName(namespace), printMembers(namespace)),
  ])
  if (commands.length === 0)
    return [[printComment(describeAs('The client.')), 'export type Client = WsrvClient<Pushes>']]
  const all = printComment(
    describeAs('Every command of the contract as a method: a client has them, and what `setup` is given.'),
  )
  const both = printComment(describeAs('The client: the runtime, and every command of the contract as a method.'))
  return [
    ...namespaces,
    [all, printInterface('Commands', printMembers(tree))],
    [both, `export interface Client extends ${baseClientType(model)}, Commands {}`],
  ]
}

function printMembers({ members }: CommandTree): readonly Doc[] {
  return members.map((member) => {
    const key = `readonly ${propertyKey(member.name)}: `
    if ('tree' in member) return [key, interfaceName(member.tree)]
    return [printComment(methodDocs(member.command)), key, printMethodType(member.command)]
  })
}

function interfaceName({ path }: CommandTree): string {
  return typeName(...path, 'Commands')
}
