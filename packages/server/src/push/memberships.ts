import type { Contract } from '@wsrv/schema'
import { OutgoingSchema } from '../serializer/outgoing-schema.ts'
import { Listeners } from '../session/listeners.ts'
import type { LiveSession } from '../session/live-session.ts'
import type { Rooms } from '../session/rooms.ts'
import { summarizeIssues } from '../validation/issues.ts'
import type { PresenceChange, RemoteMember } from './broker.ts'
import type { Peers } from './peers.ts'

/** What memberships need of the rest of the server. */
export interface MembershipsOptions {
  readonly contract: Contract
  readonly rooms: () => Rooms
  /** The other servers; `undefined` when there are none. */
  readonly peers: () => Peers | undefined
  readonly failed: (error: unknown) => void
}

/** The members of rooms, here and at the other servers, and the notices of joins and leaves. */
export class Memberships {
  readonly changed: Listeners<[change: PresenceChange]>
  readonly #options: MembershipsOptions
  readonly #schema: OutgoingSchema | undefined

  constructor(options: MembershipsOptions) {
    this.#options = options
    this.changed = new Listeners(options.failed)
    const { presence, types } = options.contract
    this.#schema = presence && new OutgoingSchema(presence, types)
  }

  /** What the contract declares of a value; all of it when it declares nothing. */
  shown(value: unknown): unknown {
    const schema = this.#schema
    if (schema === undefined) return value
    if (!schema.accepts(value)) throw new TypeError(`presence: ${summarizeIssues(schema.issues(value, 1))}`)
    return schema.strip(value)
  }

  joined(session: LiveSession, room: string, kind: 'entered' | 'changed'): Promise<void> | undefined {
    const peers = this.#options.peers()
    if (peers === undefined && this.changed.size === 0) return undefined
    const value = this.#options.rooms().valueOf(session, room)
    const arrives = peers?.joined(room, session.sid, value)
    this.#notify({ kind, room, sid: session.sid, value })
    return arrives
  }

  left({ sid }: LiveSession, room: string, isLast: boolean): void {
    this.#options.peers()?.left(room, sid, isLast)
    if (this.changed.size > 0) this.#notify({ kind: 'left', room, sid, value: {} })
  }

  async count(room: string): Promise<number> {
    const here = this.#options.rooms().members(room).size
    return here + ((await this.#options.peers()?.count(room)) ?? 0)
  }

  async members(room: string): Promise<RemoteMember[]> {
    const rooms = this.#options.rooms()
    const node = this.#node
    const here = [...rooms.members(room)].map((member) => ({
      sid: member.sid,
      node,
      value: rooms.valueOf(member, room),
    }))
    return [...here, ...((await this.#options.peers()?.members(room)) ?? [])]
  }

  get #node(): string {
    return this.#options.peers()?.node ?? ''
  }

  #notify(change: Pick<PresenceChange, 'kind' | 'room' | 'sid' | 'value'>): void {
    this.changed.notify({ ...change, node: this.#node, isOurs: true })
  }
}
