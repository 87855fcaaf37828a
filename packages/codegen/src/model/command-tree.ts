import type { CommandModel } from './model.ts'

/** Commands as the client nests them: `chat.join` is the method `join` of the namespace `chat`. */
export interface CommandTree {
  /** Path of the namespace; empty at the client itself. */
  readonly path: readonly string[]
  /** Methods and namespaces in the order of their commands. */
  readonly members: readonly (MethodNode | NamespaceNode)[]
}

/** A method of the client or of a namespace. */
export interface MethodNode {
  readonly name: string
  readonly command: CommandModel
}

/** A namespace. */
export interface NamespaceNode {
  readonly name: string
  readonly tree: CommandTree
}

/** Nests commands by their paths. */
export function nestCommands(commands: readonly CommandModel[], path: readonly string[] = []): CommandTree {
  const groups = new Map<string, CommandModel[]>()
  for (const command of commands) {
    const name = command.path[path.length] ?? ''
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [command])
    else group.push(command)
  }
  const members = [...groups].map(([name, group]): MethodNode | NamespaceNode => {
    const method = group.find((command) => command.path.length === path.length + 1)
    return method === undefined ? { name, tree: nestCommands(group, [...path, name]) } : { name, command: method }
  })
  return { path, members }
}

/** Every namespace of a tree, those inside a namespace before it. */
export function namespacesOf(tree: CommandTree): readonly CommandTree[] {
  return tree.members.flatMap((member) => ('tree' in member ? [...namespacesOf(member.tree), member.tree] : []))
}
