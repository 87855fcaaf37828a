import type { IncomingMessage } from 'node:http'
import type { ApiShape, PushName, SessionKey } from './api-types.ts'

/** One client's connection, from its upgrade to its end. */
export interface Session<Api extends ApiShape> {
  /** Identifier: 21 URL-safe characters, not guessable. */
  readonly sid: string
  /** The upgrade request: headers, cookies, url. */
  readonly request: IncomingMessage
  /** The peer's IP address; `''` once it is not known any more. Behind a proxy this is the proxy. */
  readonly remoteAddress: string
  /** When the session began, in ms of the server's clock. */
  readonly connectedAt: number
  /** Whether the session still lives: false from the moment its end began. */
  readonly isOpen: boolean
  /** Rooms the session is in. */
  readonly rooms: ReadonlySet<string>

  /** A value kept with the session; `undefined` when never set. */
  get<Key extends SessionKey<Api>>(key: Key): Api['session'][Key] | undefined
  /** Keeps a value as long as the session lives; `undefined` forgets it. */
  set<Key extends SessionKey<Api>>(key: Key, value: Api['session'][Key] | undefined): void
  /**
   * Sends a push to this session.
   *
   * @returns false when the session has ended.
   * @throws TypeError when `data` does not match the push's schema.
   */
  push<Name extends PushName<Api>>(name: Name, data: Api['pushes'][Name]): boolean
  /**
   * Enters a room; harmless when inside.
   *
   * @throws RangeError when the session is in `maxRooms` rooms already.
   */
  join(room: string): void
  /** Leaves a room; harmless when outside. */
  leave(room: string): void
  /**
   * Ends the session: what was sent before still leaves, requests in flight are aborted.
   *
   * @param code close code; default `CLOSE.normal`. PROTOCOL.md §Close codes.
   * @param reason at most 123 bytes of UTF-8. RFC 6455 §5.5.
   */
  close(code?: number, reason?: string): void
}
