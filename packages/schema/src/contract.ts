import type { SearchCost } from '@wsrv/protocol'
import type { RateLimitSpec } from './command.ts'
import type { JsonSchema } from './json-schema.ts'
import type { WhenSlow } from './push.ts'

/**
 * A checked contract as plain JSON data: what the generator emits from and what a server runs on.
 *
 * Schemas refer to shared types as `{ "$ref": "#/$defs/Name" }`, to be found in {@link Contract.types}.
 */
export interface Contract {
  /** Sorted by `cmd`. */
  readonly commands: readonly CommandContract[]
  /** Sorted by `cmd`. */
  readonly pushes: readonly PushContract[]
  /** What members of rooms show; absent when the contract does not say. */
  readonly presence?: JsonSchema
  /** Types with a name of their own, by that name. */
  readonly types: Readonly<Record<string, JsonSchema>>
  /** Of the contract's canonical form; what the generator writes has them. */
  readonly hashes?: ContractHashes
  /**
   * What no client should go on with that was generated from an earlier contract, by that contract's hash: what the generator
   * writes has the one of the lock file. A contract that is not there is not known.
   */
  readonly changedSince?: Readonly<Record<string, ChangesSince>>
  /** What a search costs, by pattern, where a server would guess otherwise; what the generator writes has them. */
  readonly patterns?: Readonly<Record<string, SearchCost>>
}

/**
 * Commands and pushes, by `cmd`, with what their changes mean for clients that were generated before: they `break`, or only
 * a person can tell. What differs and is not there has changed harmlessly.
 */
export type ChangesSince = Readonly<Record<string, 'breaking' | 'review'>>

/** Hashes by which two peers find out whether they have the same contract. PROTOCOL.md §$hello. */
export interface ContractHashes {
  /** Of the whole contract. */
  readonly hash: string
  /** Of each command and push, by `cmd`; a server's has former names of commands too. */
  readonly commands: Readonly<Record<string, string>>
}

/** What commands and pushes are called. */
export interface Named {
  /** On the wire. */
  readonly cmd: string
  /** In code, where `cmd` cannot be a name there: the export's name, such as `login` of `1001`. */
  readonly name?: string
}

/** What generated code makes its names of. */
export function codeName({ cmd, name = cmd }: Named): string {
  return name
}

/** One command of a contract, defaults filled in. */
export interface CommandContract extends Named {
  readonly description?: string
  readonly deprecated?: string
  /** Former names, under which a server answers it too. */
  readonly renamedFrom?: readonly string[]
  readonly request: JsonSchema
  readonly params?: readonly string[]
  readonly response: JsonSchema
  /** One item; absent when the command is not a stream. */
  readonly stream?: JsonSchema
  /** By error name. */
  readonly errors: Readonly<Record<string, ErrorContract>>
  readonly idempotent: boolean
  /** In ms. */
  readonly timeoutMs?: number
  readonly rateLimit?: RateLimitSpec
}

/** One error of a command. */
export interface ErrorContract {
  readonly status: number
  readonly description?: string
  readonly data: JsonSchema
}

/** One push of a contract. */
export interface PushContract extends Named {
  readonly description?: string
  readonly deprecated?: string
  readonly data: JsonSchema
  /** Not there for `close`. */
  readonly whenSlow?: Exclude<WhenSlow, 'close'>
  readonly coalesceBy?: string
  readonly snapshot?: string
}
