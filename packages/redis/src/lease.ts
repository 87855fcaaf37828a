import type { RemoteMember } from '@wsrv/server'
import type { Presence } from './presence.ts'
import type { CommandLink } from './redis-port.ts'

/** What the lease needs to know. */
export interface LeaseOptions {
  readonly presence: Presence
  readonly link: () => CommandLink | undefined
  /** A command failed: the link that it left by is of no use. */
  readonly failed: (error: Error, link: CommandLink) => void
  /** A local member is to be announced again. */
  readonly entered: (room: string, sid: string, value: unknown) => void
  /** A member of a server that is gone. */
  readonly left: (room: string, member: RemoteMember) => void
  /** A server is gone, with its members. */
  readonly lost: (node: string, members: number) => void
}

/** Says to the others that this server lives, and forgets those that say so no more. */
export class Lease {
  readonly #options: LeaseOptions

  constructor(options: LeaseOptions) {
    this.#options = options
  }

  /** Called three times per lease; while Redis is away there is nothing to renew. */
  async renew(): Promise<void> {
    const link = this.#options.link()
    if (link === undefined) return
    try {
      const dead = await this.#options.presence.renew(link)
      if (dead === undefined) await this.#forgotten(link)
      else for (const node of dead) await this.#sweep(link, node)
    } catch (error) {
      this.#options.failed(error as Error, link)
    }
  }

  /** Registers this server's members at a fresh link; when the others took it for gone, they are announced again. */
  async register(link: CommandLink): Promise<void> {
    if (!(await this.#options.presence.register(link))) this.#announce()
  }

  /** Its lease ended while the link stayed open, as when the process was stopped; renewing it took it up again. */
  async #forgotten(link: CommandLink): Promise<void> {
    await this.#options.presence.register(link)
    this.#announce()
  }

  #announce(): void {
    const { presence, entered } = this.#options
    for (const [room, sid, value] of presence.local()) entered(room, sid, value)
  }

  async #sweep(link: CommandLink, dead: string): Promise<void> {
    const { presence, left, lost } = this.#options
    const gone = await presence.sweep(link, dead)
    lost(dead, gone.length)
    for (const [room, member] of gone) left(room, member)
  }
}
