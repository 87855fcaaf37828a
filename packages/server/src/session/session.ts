import type { ApiShape, PresenceOf, PushName, SessionKey } from '../api-types.ts'
import type { UpgradeRequest } from '../connection/transport.ts'

/** One client's connection, from its upgrade to its end. */
export interface Session<Api extends ApiShape> {
  /** Identifier: 24 URL-safe characters, not guessable. */
  readonly sid: string
  /** The upgrade request: headers, cookies, url. */
  readonly request: UpgradeRequest
  /**
   * The peer's IP address; behind a proxy this is the proxy's. `''` when it is first asked for after the connection's end; a
   * server with listeners to connections or an observer of them asks in time.
   */
  readonly remoteAddress: string
  /** When the session began, in ms of the server's clock. */
  readonly connectedAt: number
  /** Whether the session still lives: false from the moment its end began. */
  readonly isOpen: boolean
  /** Whether it has a connection: a session that outlives its own waits for another. PROTOCOL.md §Sessions. */
  readonly isConnected: boolean
  /** Whether the client may call commands and is sent pushes: with `authenticate` only while it accepts, else always. */
  readonly isAccepted: boolean
  /** What the client called itself in `$hello`: `wsrv-ts/0.1.0`; `undefined` before, and when it says none. */
  readonly client: string | undefined
  /** Who the client is, as `authenticate` said by `c.accept(identity)`; `undefined` when it did not say. */
  readonly identity: string | undefined
  /** Rooms the session is in. */
  readonly rooms: ReadonlySet<string>

  /** A value kept with the session; `undefined` when never set. */
  get<Key extends SessionKey<Api>>(key: Key): Api['session'][Key] | undefined
  /** Keeps a value as long as the session lives; `undefined` forgets it. */
  set<Key extends SessionKey<Api>>(key: Key, value: Api['session'][Key] | undefined): void
  /**
   * Sends a push to this session.
   *
   * @returns false when nothing was sent: the session has ended, or is not {@link isAccepted}.
   * @throws TypeError when `data` does not match the push's schema, or cannot be written.
   */
  push<Name extends PushName<Api>>(name: Name, data: Api['pushes'][Name]): boolean
  /**
   * Asks the client to present fresh credentials, which then reach `authenticate`, as when its token is about to expire.
   * Until then the session goes on as it is; a client without credentials or extensions does nothing. PROTOCOL.md §$auth.
   *
   * @returns false when nothing was sent: the session has ended, or the server speaks the base protocol only.
   */
  requestAuth(): boolean
  /**
   * Enters a room; inside already, it shows another value.
   *
   * @param value what the session shows to `server.to(room).members()` and `onPresence`; JSON. Default: what it showed, or `{}`.
   * @returns resolves when pushes that other servers make reach the session: wait for it before reading what the pushes
   *   add to. Need not be waited for otherwise, and never rejects.
   * @throws RangeError when the session is in `maxRooms` rooms already; TypeError when `value` does not match the contract's presence.
   */
  join(room: string, value?: PresenceOf<Api>): PromiseLike<void>
  /** Leaves a room; harmless when outside. */
  leave(room: string): void
  /**
   * Ends the session: what was sent before still leaves, requests in flight are aborted.
   *
   * @param code close code; default `CLOSE.normal`. PROTOCOL.md §Close codes.
   * @param reason at most 123 bytes of UTF-8. RFC 6455 §5.5.
   * @throws RangeError when no WebSocket can send such a code or reason; the session goes on.
   */
  close(code?: number, reason?: string): void
}
