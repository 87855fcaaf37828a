import type { Broker, BrokerLink, BrokerServer, Delivery, PresenceChange, RemoteMember, Target } from './broker.ts'

/** A broker for servers of one process: everything arrives at once. */
export function createLocalBroker(): Broker {
  const links = new Set<LocalLink>()
  let joined = 0
  return {
    join: (server) => {
      const link = new LocalLink(server, links, `local-${++joined}`)
      links.add(link)
      return link
    },
  }
}

/** One server's end of a local broker. */
class LocalLink implements BrokerLink {
  readonly node: string
  readonly #server: BrokerServer
  readonly #links: Set<LocalLink>
  readonly #followed = new Set<string>()
  /** What local members show, by room and sid. */
  readonly #members = new Map<string, Map<string, unknown>>()

  constructor(server: BrokerServer, links: Set<LocalLink>, node: string) {
    this.node = node
    this.#server = server
    this.#links = links
  }

  publish(delivery: Delivery): void {
    for (const link of this.#others()) link.#take(delivery)
  }

  follow(target: Target): undefined {
    this.#followed.add(keyOf(target))
  }

  unfollow(target: Target): void {
    this.#followed.delete(keyOf(target))
  }

  async ask(sid: string, request: Parameters<BrokerServer['carryOut']>[1]): Promise<boolean> {
    for (const link of this.#others()) {
      if (await link.#server.carryOut(sid, request)) return true
    }
    return false
  }

  enter(room: string, sid: string, value: unknown): void {
    let members = this.#members.get(room)
    if (members === undefined) {
      members = new Map()
      this.#members.set(room, members)
    }
    const kind = members.has(sid) ? 'changed' : 'entered'
    members.set(sid, value ?? {})
    this.#tell({ room, kind, sid, node: this.node, value: value ?? {}, isOurs: false })
  }

  leave(room: string, sid: string): void {
    const members = this.#members.get(room)
    if (!members?.delete(sid)) return
    if (members.size === 0) this.#members.delete(room)
    this.#tell({ room, kind: 'left', sid, node: this.node, value: {}, isOurs: false })
  }

  async count(room: string): Promise<number> {
    return (await this.members(room)).length
  }

  async members(room: string): Promise<readonly RemoteMember[]> {
    return this.#others().flatMap((link) =>
      [...(link.#members.get(room) ?? [])].map(([sid, value]) => ({ sid, node: link.node, value })),
    )
  }

  async close(): Promise<void> {
    for (const [room, members] of this.#members) for (const sid of members.keys()) this.leave(room, sid)
    this.#links.delete(this)
  }

  #others(): LocalLink[] {
    return [...this.#links].filter((link) => link !== this)
  }

  #take(delivery: Delivery): void {
    const { target } = delivery
    if (target.kind === 'everyone' || this.#followed.has(keyOf(target))) this.#server.deliver(delivery)
  }

  #tell(change: PresenceChange): void {
    for (const link of this.#others()) {
      if (link.#followed.has(keyOf({ kind: 'room', room: change.room }))) link.#server.presenceChanged(change)
    }
  }
}

function keyOf(target: Target): string {
  if (target.kind === 'room') return `room ${target.room}`
  return target.kind === 'session' ? `session ${target.sid}` : 'everyone'
}
