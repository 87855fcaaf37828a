import type { OpenApi } from '../api-types.ts'
import type { UpgradeRequest } from '../connection/transport.ts'
import { JOINED, type LiveSession } from '../session/live-session.ts'
import type { Session } from '../session/session.ts'

/**
 * A session as an `authenticate` hook sees it: what the hook sets and joins waits for its verdict, because a hook that refuses, fails
 * or is stopped must not leave the client with another's name.
 */
export class ProvisionalSession implements Session<OpenApi> {
  readonly #live: LiveSession
  readonly #values = new Map<string, unknown>()
  /** Rooms to join, with what to show there. */
  readonly #joined = new Map<string, unknown>()
  readonly #left = new Set<string>()

  constructor(live: LiveSession) {
    this.#live = live
  }

  /**
   * Makes the session what the hook made of it. One that was another client's until now keeps neither its values nor its rooms.
   *
   * @param identity who the client is; `undefined` when the hook did not say.
   */
  commit(identity: string | undefined): void {
    const live = this.#live
    if (live.identity !== undefined && identity !== live.identity) live.forget()
    for (const [key, value] of this.#values) live.set(key, value)
    for (const room of this.#left) live.leave(room)
    for (const [room, value] of this.#joined) live.join(room, value)
    live.identity = identity
  }

  get sid(): string {
    return this.#live.sid
  }

  get request(): UpgradeRequest {
    return this.#live.request
  }

  get remoteAddress(): string {
    return this.#live.remoteAddress
  }

  get connectedAt(): number {
    return this.#live.connectedAt
  }

  get isOpen(): boolean {
    return this.#live.isOpen
  }

  get isConnected(): boolean {
    return this.#live.isConnected
  }

  get isAccepted(): boolean {
    return this.#live.isAccepted
  }

  get identity(): string | undefined {
    return this.#live.identity
  }

  get client(): string | undefined {
    return this.#live.client
  }

  get rooms(): ReadonlySet<string> {
    return new Set([...this.#live.rooms, ...this.#joined.keys()].filter((room) => !this.#left.has(room)))
  }

  get(key: string): unknown {
    return this.#values.has(key) ? this.#values.get(key) : this.#live.get(key)
  }

  set(key: string, value: unknown): void {
    this.#values.set(key, value)
  }

  push(name: string, data: unknown): boolean {
    return this.#live.push(name, data)
  }

  requestAuth(): boolean {
    return this.#live.requestAuth()
  }

  join(room: string, value?: unknown): PromiseLike<void> {
    this.#left.delete(room)
    this.#joined.set(room, value)
    return JOINED
  }

  leave(room: string): void {
    this.#joined.delete(room)
    this.#left.add(room)
  }

  close(code?: number, reason?: string): void {
    this.#live.close(code, reason)
  }
}
