import type { CommandContract } from '@wsrv/schema'

/** What became of one name that a server answered, or answers now. */
export type CommandFate =
  /** The same command, whatever both call it. */
  | { readonly kind: 'kept'; readonly cmd: string; readonly before: CommandContract; readonly after: CommandContract }
  /** A current command that was called otherwise. */
  | { readonly kind: 'renamed'; readonly cmd: string; readonly from: string }
  /** A name that is answered from now on, and belonged to nothing: `owner` is the command that it is a former name of. */
  | { readonly kind: 'new'; readonly cmd: string; readonly owner: string }
  /** A name that nothing answers any more. */
  | { readonly kind: 'gone'; readonly cmd: string; readonly owner: string }

/**
 * Pairs the commands of two versions as deployed clients meet them: by every name that the later one answers, former
 * names included. Two commands are paired once, under the current name where the earlier version did not know it.
 */
export function pairCommands(
  before: readonly CommandContract[],
  after: readonly CommandContract[],
): readonly CommandFate[] {
  const old = namesOf(before)
  const now = namesOf(after)
  const pairs = new Map<CommandContract, Set<CommandContract>>()
  const fates: CommandFate[] = []
  for (const [name, { command: one }] of old) {
    const other = now.get(name)?.command
    if (other === undefined) fates.push({ kind: 'gone', cmd: name, owner: one.cmd })
    else if (!pairs.get(one)?.has(other)) {
      pairs.set(one, (pairs.get(one) ?? new Set()).add(other))
      fates.push({ kind: 'kept', cmd: old.has(other.cmd) ? name : other.cmd, before: one, after: other })
    }
  }
  const renamed = new Map<string, string>()
  for (const [name, { isFormer }] of old) {
    const other = now.get(name)?.command
    if (!isFormer && other !== undefined && !old.has(other.cmd)) renamed.set(other.cmd, name)
  }
  return [
    ...fates,
    ...[...now.entries()].flatMap(([cmd, { command }]) => fateOfNew(cmd, command.cmd, { old, renamed })),
  ]
}

interface Known {
  readonly old: ReadonlyMap<string, Name>
  /** By the current name, the one before it. */
  readonly renamed: ReadonlyMap<string, string>
}

function fateOfNew(cmd: string, owner: string, { old, renamed }: Known): readonly CommandFate[] {
  if (old.has(cmd)) return []
  const from = renamed.get(cmd)
  return [from === undefined ? { kind: 'new', cmd, owner } : { kind: 'renamed', cmd, from }]
}

interface Name {
  readonly command: CommandContract
  readonly isFormer: boolean
}

type NameEntry = readonly [cmd: string, name: Name]

/** Every name that a version answers; current names before former ones. */
function namesOf(commands: readonly CommandContract[]): ReadonlyMap<string, Name> {
  const present = commands.map((command): NameEntry => [command.cmd, { command, isFormer: false }])
  const former = commands.flatMap((command) =>
    (command.renamedFrom ?? []).map((name): NameEntry => [name, { command, isFormer: true }]),
  )
  return new Map([...present, ...former])
}
