import type { Target } from '@wsrv/server'

/** Names of channels and keys. In a cluster the part in braces decides which master has them. */
export class Names {
  readonly #prefix: string
  readonly #partitions: number

  constructor(prefix: string, partitions: number) {
    this.#prefix = prefix
    this.#partitions = partitions
  }

  /** Whether one Redis server has everything: then it knows how many subscribers a channel has. */
  get isWhole(): boolean {
    return this.#partitions === 1
  }

  /** Part of a room or session, from 0: the same at every server. FNV-1a. */
  partitionOf(name: string): number {
    if (this.#partitions === 1) return 0
    let hash = 0x811c9dc5
    for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
    return (hash >>> 0) % this.#partitions
  }

  /** Channel of what a push is for, and its part. */
  channelOf(target: Target): readonly [channel: string, partition: number] {
    if (target.kind === 'everyone') return [this.everyone(), 0]
    if (target.kind === 'room') return [this.room(target.room), this.partitionOf(target.room)]
    return [this.session(target.sid), this.partitionOf(target.sid)]
  }

  /** Channel of one session. */
  session(sid: string): string {
    return `${this.#part(this.partitionOf(sid))}:s:${sid}`
  }

  /** Channel of one room. */
  room(room: string): string {
    return `${this.#part(this.partitionOf(room))}:r:${room}`
  }

  /** Channel of all sessions. */
  everyone(): string {
    return `${this.#part(0)}:b`
  }

  /** Channel of one server, in one partition: answers arrive in the first, probes in each. */
  node(node: string, partition: number): string {
    return `${this.#part(partition)}:n:${node}`
  }

  /** Hash of the members of a room at one server: sid to value. */
  members(room: string, node: string): string {
    return `${this.#part(this.partitionOf(room))}:m:${node}:${room}`
  }

  /** Set of the rooms in which a server has members. */
  roomsOf(node: string): string {
    return `${this.#part(0)}:o:${node}`
  }

  /** Sorted set of the servers that live, by the end of their lease. */
  nodes(): string {
    return `${this.#part(0)}:nodes`
  }

  /** Sorted set of the servers whose members are being forgotten, by when another may begin again with it. */
  sweeping(): string {
    return `${this.#part(0)}:sweeping`
  }

  #part(partition: number): string {
    return this.#partitions === 1 ? this.#prefix : `${this.#prefix}:{${partition}}`
  }
}
