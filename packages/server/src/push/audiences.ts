import { CLOSE } from '@wsrv/protocol'
import { checkClose } from '../session/live-session.ts'
import type { Sessions } from '../session/sessions.ts'
import type { RemoteMember, SessionRequest } from './broker.ts'
import type { Memberships } from './memberships.ts'
import { carryOut, type Peers } from './peers.ts'
import type { Pushes } from './pushes.ts'

/** What audiences need of the rest of the server. */
export interface AudiencesOptions {
  readonly pushes: Pushes
  readonly sessions: Sessions
  readonly memberships: Memberships
  /** The other servers; `undefined` when there are none. */
  readonly peers: Peers | undefined
}

/** The members of rooms and the sessions of all servers, as something to push to and to ask. */
export class Audiences {
  readonly #options: AudiencesOptions

  constructor(options: AudiencesOptions) {
    this.#options = options
  }

  room(room: string): RoomReach {
    const { pushes, memberships } = this.#options
    return {
      push: (name, data) => pushes.publish({ kind: 'room', room }, name, data),
      except: (sid) => ({ push: (name, data) => pushes.publish({ kind: 'room', room, except: sid }, name, data) }),
      count: () => memberships.count(room),
      members: () => memberships.members(room),
    }
  }

  session(sid: string): SessionReach {
    return {
      push: (name, data) => void this.push(sid, name, data),
      exists: () => this.#ask(sid, { kind: 'find' }),
      close: (code = CLOSE.normal, reason = '') => {
        checkClose(code, reason)
        return this.#ask(sid, { kind: 'close', code, reason })
      },
      join: (room) => this.#ask(sid, { kind: 'join', room }),
      leave: (room) => this.#ask(sid, { kind: 'leave', room }),
    }
  }

  /** @returns whether it was sent to a session of this server. */
  push(sid: string, name: string, data: unknown): boolean {
    const { pushes, sessions } = this.#options
    const session = sessions.open.get(sid)
    if (session !== undefined) return pushes.toSession(session, name, data)
    pushes.publish({ kind: 'session', sid }, name, data)
    return false
  }

  async #ask(sid: string, request: SessionRequest): Promise<boolean> {
    const { sessions, peers } = this.#options
    const session = sessions.open.get(sid)
    if (session !== undefined) return carryOut(session, request)
    return peers === undefined ? false : peers.ask(sid, request)
  }
}

interface Reach {
  push(name: string, data: unknown): void
}

interface RoomReach extends Reach {
  except(sid: string): Reach
  count(): Promise<number>
  members(): Promise<readonly RemoteMember[]>
}

interface SessionReach extends Reach {
  exists(): Promise<boolean>
  close(code?: number, reason?: string): Promise<boolean>
  join(room: string): Promise<boolean>
  leave(room: string): Promise<boolean>
}
