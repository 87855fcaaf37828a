import {
  type CommandError,
  EXTENSION,
  type HelloResponse,
  isReservedCmd,
  MAX_IN_FLIGHT,
  type Payload,
  type SessionRequest,
  type Timer,
} from '@wsrv/protocol'
import { startBackgroundTimer } from './background-timer.ts'
import type { Call } from './call.ts'
import type { Calls } from './calls.ts'
import { findMismatch } from './contract-mismatch.ts'
import { failure, textOf } from './failure.ts'
import type { Heartbeat } from './heartbeat.ts'
import type { FreshConnection } from './link.ts'
import type { Settings } from './settings.ts'
import type { Subscriptions } from './subscriptions.ts'
import { CLIENT_NAME } from './version.ts'

/** What {@link Extensions} work with. */
export interface ExtensionsOptions {
  readonly calls: Calls
  readonly heartbeat: Heartbeat
  readonly events: Subscriptions
  /** What `$hello` asks for. */
  readonly session: () => SessionRequest | undefined
  /** Called with what `auth` threw. */
  readonly authFailed: (error: unknown) => void
}

/** Speaks the reserved commands. PROTOCOL.md §Extensions. */
export class Extensions {
  readonly #options: ExtensionsOptions
  readonly #settings: Settings
  /** The current server's answer to `$hello`; a value of the wrong type counts as absent. */
  #server: Partial<HelloResponse> = {}
  /** Whether the current server speaks the extensions; one that does not may die of two answers at once. */
  #isSpoken = false
  #asking: Promise<unknown> | undefined
  #askedAt = 0
  #refreshing: Promise<unknown> | undefined
  #roundTripMs: number | undefined
  #stopBackgroundTimer = () => {}
  #rest: Timer | undefined

  constructor(options: ExtensionsOptions, settings: Settings) {
    this.#options = options
    this.#settings = settings
  }

  /** The newest round trip, in ms. */
  get roundTripMs(): number | undefined {
    return this.#roundTripMs
  }

  /** Silence after which the current server drops the connection, in ms; `undefined` when it did not say. */
  get serverTimeoutMs(): number | undefined {
    return this.#server.heartbeatTimeoutMs
  }

  /** Whether there are credentials to present and to renew. */
  get hasAuth(): boolean {
    return this.#settings.extensions && this.#settings.auth !== undefined
  }

  /** Whether a call may leave beside so many in flight. PROTOCOL.md §$hello. */
  mayLeave({ cmd }: Call, inFlight: number): boolean {
    if (this.#isSpoken && isReservedCmd(cmd)) return true
    const { maxInFlight = this.#isSpoken ? MAX_IN_FLIGHT : 1 } = this.#settings
    if (!this.#isSpoken && this.#settings.maxInFlight === undefined && !this.#hasRested()) return false
    return inFlight < Math.min(maxInFlight, this.#server.maxInFlight ?? Infinity)
  }

  /**
   * Sends `$hello`, which precedes everything else, and waits for its answer.
   *
   * @throws CommandError when the server refuses the credentials, or cannot check them; Error when `auth` failed.
   */
  async hello(connection: FreshConnection): Promise<void> {
    if (!this.#settings.extensions) return this.#fallBack()
    const auth = await this.#authOf(connection)
    if (connection.isCurrent()) await this.#greet(connection, auth)
  }

  /** Forgets the connection and what its server said. */
  forget(): void {
    this.#server = {}
    this.#isSpoken = false
    this.#stopBackgroundTimer()
    this.#settings.clock.clearTimeout(this.#rest)
    this.#rest = undefined
  }

  /** Sends `$ping`; any answer proves the link alive. False when a server that takes one request at a time is busy. */
  ping(): boolean {
    if (!this.#isSpoken && this.#options.calls.inFlight > 0) return false
    this.#ask(EXTENSION.ping, {}).catch(() => {})
    return true
  }

  /** Sends `$cancel` for a call that was given up, if the server knows the command. False when it does not speak the extensions. */
  cancel({ cmd, seqno }: Pick<Call, 'cmd' | 'seqno'>): boolean {
    if (this.#server.cancel && !isReservedCmd(cmd)) this.#ask(EXTENSION.cancel, { seqno }).catch(() => {})
    return this.#isSpoken
  }

  /** @throws CommandError `too_large` when the request is larger than what the server accepts. */
  checkSize(call: Call, payload: Payload): void {
    const { maxMessageBytes = Infinity } = this.#server
    if (payload.length > maxMessageBytes) {
      const msg = `the request has ${payload.length} bytes; the server accepts at most ${maxMessageBytes}`
      throw failure(call, 'too_large', { msg })
    }
  }

  /**
   * Sends fresh credentials on the current connection; concurrent calls share one `$auth`.
   *
   * @param refused the call that needs them.
   * @returns `undefined` when no credentials are configured, or the refused call was the auth request itself.
   */
  refreshAuth(refused?: Call): Promise<unknown> | undefined {
    if (!this.hasAuth || (refused && isReservedCmd(refused.cmd))) return undefined
    if (this.#isOverdue()) this.#refreshing = undefined
    this.#refreshing ??= this.#auth()
      .then((auth) => this.#ask(EXTENSION.auth, { auth }))
      .catch((error) => {
        // The connection was lost: the next one begins with fresh credentials.
        if (error?.code !== 'disconnected') throw error
      })
      .finally(() => {
        this.#refreshing = undefined
      })
    return this.#refreshing
  }

  async #authOf(connection: FreshConnection): Promise<unknown> {
    if (!this.hasAuth) return undefined
    try {
      return await this.#auth()
    } catch (cause) {
      if (connection.isCurrent()) this.#options.authFailed(cause)
      throw new Error(`auth failed: ${textOf(cause)}`, { cause })
    }
  }

  async #greet(connection: FreshConnection, auth: unknown, isRetry = false): Promise<void> {
    const contract = this.#settings.contract?.hash
    try {
      const server = await this.#ask(EXTENSION.hello, {
        client: CLIENT_NAME,
        contract,
        auth,
        session: this.#options.session(),
      })
      if (connection.isCurrent()) this.#learn(Object(server))
    } catch (error) {
      const { code, status } = error as CommandError
      if (!connection.isCurrent() || status === undefined) throw error
      if (code === 'unauthenticated' && this.hasAuth && !isRetry) {
        const fresh = await this.#authOf(connection)
        if (connection.isCurrent()) await this.#greet(connection, fresh, true)
        return
      }
      // A server that refuses a client without credentials refuses its calls with the same words.
      if (this.hasAuth && code !== 'not_implemented') throw error
      this.#fallBack()
    }
  }

  #learn(server: Partial<HelloResponse>): void {
    // A peer's word is not trusted: anything but a positive number is as good as absent.
    const { heartbeatTimeoutMs, maxMessageBytes, maxInFlight, ...rest } = server
    this.#server = { ...rest, ...positive({ heartbeatTimeoutMs, maxMessageBytes, maxInFlight }) }
    this.#isSpoken = true
    const mismatch = findMismatch(this.#settings.contract, server)
    if (mismatch) this.#options.events.deliver('mismatch', mismatch)
  }

  /** Whether a server that is asked one thing at a time has had its rest; else what waits leaves after it. */
  #hasRested(): boolean {
    const { calls, heartbeat } = this.#options
    const restMs = REST_MS - heartbeat.silentMs
    if (restMs <= 0) return true
    this.#rest ??= this.#settings.clock.setTimeout(() => {
      this.#rest = undefined
      calls.flush()
    }, restMs)
    return false
  }

  /** A server without extensions does not ping, so a background tab has to keep its heartbeats up by itself. */
  #fallBack(): void {
    const { heartbeat } = this.#options
    this.#stopBackgroundTimer = startBackgroundTimer(this.#settings.heartbeatIntervalMs / 2, () => heartbeat.check())
  }

  /** Whether an `auth` that has not answered yet is not waited for any more. */
  #isOverdue(): boolean {
    const { clock, connectTimeoutMs } = this.#settings
    return clock.now() - this.#askedAt >= AUTH_PATIENCE * connectTimeoutMs
  }

  /** Asks for credentials. Attempts that come while it is being asked share the answer: it may be slower than each of them. */
  #auth(): Promise<unknown> {
    const { auth, clock } = this.#settings
    if (this.#asking === undefined || this.#isOverdue()) {
      this.#askedAt = clock.now()
      const asking = (async () => (typeof auth === 'function' ? auth() : auth))()
      const forget = () => {
        if (this.#asking === asking) this.#asking = undefined
      }
      asking.then(forget, forget)
      this.#asking = asking
    }
    return this.#asking
  }

  /** Calls a reserved command on the current connection and notes its round trip, whatever the answer. */
  #ask(cmd: string, data: object): Promise<unknown> {
    const { clock, connectTimeoutMs: timeoutMs } = this.#settings
    const startedAt = clock.now()
    const answered = () => {
      this.#roundTripMs = clock.now() - startedAt
    }
    const answer = this.#options.calls.start({ cmd, idempotent: true, timeoutMs }, data, { isBound: true })
    answer.then(answered, (error: CommandError) => error.status !== undefined && answered())
    return answer
  }
}

/** Those of some values that are positive numbers. */
function positive(values: Readonly<Record<string, unknown>>): Partial<HelloResponse> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Number(value) === value && value > 0))
}

/**
 * Rest of a server without extensions between its answer and the next request, in ms. The Go server still writes when its answer
 * arrives, and dies of a second writer: 12 times in 118,416 calls of this client without a rest, never in 29,856 with it.
 */
const REST_MS = 5

/** An `auth` that does not answer is asked again after so many times `connectTimeoutMs`. */
const AUTH_PATIENCE = 3
