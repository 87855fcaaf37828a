import { CLOSE, NO_STATUS } from '@wsrv/protocol'
import type { ServerConnection, UpgradeRequest } from '../connection/transport.ts'
import type { SessionLink } from './live-session.ts'

/** Closes after which a client does not come back for its session: it is done, has left the page, or is not wanted. */
export const FAREWELLS: readonly number[] = [
  CLOSE.normal,
  CLOSE.going_away,
  NO_STATUS,
  CLOSE.policy_violation,
  CLOSE.bad_messages,
]

/** Stands in the place of a connection that is gone: what is sent to it goes nowhere. */
export class NoConnection implements ServerConnection, SessionLink {
  readonly request: UpgradeRequest
  readonly remoteAddress: string
  readonly bufferedBytes = 0
  badMessages = 0

  /** @param lost the connection that is gone, whose request can still be asked for. */
  constructor(lost: SessionLink) {
    this.request = lost.connection.request
    this.remoteAddress = lost.remoteAddress
  }

  get connection(): ServerConnection {
    return this
  }

  send(): void {}
  pause(): void {}
  resume(): void {}
  ping(): void {}
  close(): void {}
  terminate(): void {}
}
