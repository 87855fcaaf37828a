import type { HelloResponse } from '@wsrv/protocol'

/** What a client was generated from, by hashes: generated code passes it as an option. PROTOCOL.md §$hello. */
export interface ContractHashes {
  /** Hash of the whole contract. */
  readonly hash: string
  /** Hash of each command and push, by name. */
  readonly commands?: Readonly<Record<string, string>>
}

/** The server speaks another contract than the client: an old tab can say "please reload". PROTOCOL.md §$hello. */
export interface ContractMismatch {
  /** Hash of the client's contract. */
  readonly client: string
  /** Hash of the server's. */
  readonly server: string
  /** The client's commands and pushes that the server does not have, or has with another shape. */
  readonly differing: readonly string[]
  /**
   * Which of these changed so that calls or listeners may fail: `breaking`, or `review` where only a person can tell. Empty: all
   * changed harmlessly, and the page may reload later. Absent: the server does not know the client's contract.
   */
  readonly changes?: Readonly<Record<string, 'breaking' | 'review'>>
}

/** Compares the two contracts; `undefined` when they are the same, or one of the two is not known. */
export function findMismatch(
  own: ContractHashes | undefined,
  { contract: server, commands, changes }: Partial<HelloResponse>,
): ContractMismatch | undefined {
  if (!own || !server || own.hash === server) return undefined
  const ours = own.commands ?? {}
  const theirs = Object(commands) as Readonly<Record<string, string>>
  const differing = Object.keys(ours).filter((name) => theirs[name] !== ours[name])
  return {
    client: own.hash,
    server,
    differing,
    ...(changes && {
      changes: Object.fromEntries(Object.entries(changes).filter(([name]) => differing.includes(name))),
    }),
  }
}
