import type { HelloResponse } from '@wsrv/protocol'
import type { CommandContract, Contract, ContractHashes, JsonSchema, PushContract } from '@wsrv/schema'
import { type Keywords, readField, resolve, type Types } from '../form/field-shape.ts'

/** Something of the contract that the list shows. */
export type Member = (CommandContract & { readonly kind: 'command' }) | (PushContract & { readonly kind: 'push' })

/** Commands and pushes of a contract, to be searched. */
export class Catalog {
  readonly members: readonly Member[]
  readonly types: Types
  readonly #byCmd: ReadonlyMap<string, Member>
  readonly #texts: ReadonlyMap<Member, string>

  constructor(contract: Contract | undefined) {
    const { commands = [], pushes = [], types = {} } = contract ?? {}
    this.types = types
    this.members = [
      ...commands.map((command) => ({ ...command, kind: 'command' as const })),
      ...pushes.map((push) => ({ ...push, kind: 'push' as const })),
    ]
    this.#byCmd = new Map(this.members.map((member) => [member.cmd, member]))
    this.#texts = new Map(this.members.map((member) => [member, searchText(member, types)]))
  }

  /** A command or push by its name, a command's former names included. */
  find(cmd: string): Member | undefined {
    const isFormer = (member: Member): boolean => member.kind === 'command' && !!member.renamedFrom?.includes(cmd)
    return this.#byCmd.get(cmd) ?? this.members.find(isFormer)
  }

  /** Members that hold every word; those whose name does come first. */
  search(query: string): readonly Member[] {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean)
    if (words.length === 0) return this.members
    const found = this.members.filter((member) => words.every((word) => this.#texts.get(member)?.includes(word)))
    const isNamed = ({ cmd }: Member): boolean => words.every((word) => cmd.toLowerCase().includes(word))
    return [...found.filter(isNamed), ...found.filter((member) => !isNamed(member))]
  }
}

/** The schema of what a member carries towards its receiver. */
export function dataSchema(member: Member): JsonSchema {
  return member.kind === 'command' ? member.request : member.data
}

function searchText(member: Member, types: Types): string {
  const schemas = member.kind === 'command' ? [member.request, member.response] : [member.data]
  const words = [member.cmd, member.description, member.deprecated, ...schemas.flatMap((one) => fieldWords(one, types))]
  if (member.kind === 'command') {
    for (const [name, { status, description }] of Object.entries(member.errors))
      words.push(name, `${status}`, description)
    words.push(...(member.renamedFrom ?? []))
  }
  return words.join('\n').toLowerCase()
}

/** Names and descriptions of a schema's own fields. */
function fieldWords(schema: JsonSchema, types: Types): readonly string[] {
  const shape = readField(schema, types)
  const keywords: Keywords = resolve(schema, types)
  const fields = shape.kind === 'object' ? [...shape.fields] : []
  return [
    keywords.description ?? '',
    ...fields.flatMap(([name, field]) => [name, resolve(field.schema, types).description ?? '']),
  ]
}

/**
 * Which commands and pushes of this contract the server has otherwise or not at all. PROTOCOL.md §$hello.
 *
 * @returns `undefined` when both sides mean the same contract, or it is not known.
 */
export function differingCommands(
  hashes: ContractHashes | undefined,
  hello: HelloResponse | undefined,
): readonly string[] | undefined {
  if (hashes === undefined || hello?.contract === undefined || hello.contract === hashes.hash) return undefined
  const theirs = new Map(Object.entries(hello.commands ?? {}))
  return Object.entries(hashes.commands)
    .filter(([cmd, hash]) => theirs.get(cmd) !== hash)
    .map(([cmd]) => cmd)
}
