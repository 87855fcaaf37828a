import {
  CommandError,
  EXTENSION,
  type HelloResponse,
  isReservedCmd,
  NO_CLOSE_FRAME,
  type Payload,
  POLICY_VIOLATION,
} from '@wsrv/protocol'
import { startBackgroundTimer } from './background-timer.ts'
import type { Call } from './call.ts'
import type { Calls } from './calls.ts'
import { findMismatch } from './contract-mismatch.ts'
import { failure } from './failure.ts'
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
  /** Called with what `auth` threw. */
  readonly authFailed: (error: unknown) => void
}

/** Speaks the reserved commands. PROTOCOL.md §Extensions. */
export class Extensions {
  readonly #options: ExtensionsOptions
  readonly #settings: Settings
  /** The current server's answer to `$hello`; a value of the wrong type counts as absent. */
  #server: Partial<HelloResponse> = {}
  #refreshing: Promise<unknown> | undefined
  #roundTripMs: number | undefined
  #stopBackgroundTimer = () => {}

  constructor(options: ExtensionsOptions, settings: Settings) {
    this.#options = options
    this.#settings = settings
  }

  /** The newest round trip, in ms. */
  get roundTripMs(): number | undefined {
    return this.#roundTripMs
  }

  /** Whether there are credentials to present and to renew. */
  get hasAuth(): boolean {
    return this.#settings.extensions && this.#settings.auth !== undefined
  }

  /** Sends `$hello`, which precedes every call. With credentials its answer precedes them, too. */
  greet(connection: FreshConnection): void {
    if (this.hasAuth) {
      this.#hello(connection).then(connection.ready, (cause) => this.#refused(connection, cause))
      return
    }
    // A server that refuses a client without credentials refuses its calls with the same words.
    if (this.#settings.extensions) this.#hello(connection).catch(() => {})
    connection.ready()
  }

  /** Forgets the connection and what its server said. */
  forget(): void {
    this.#server = {}
    this.#stopBackgroundTimer()
  }

  /** Sends `$ping`; any answer proves the link alive. */
  ping(): void {
    this.#ask(EXTENSION.ping, {}).catch(() => {})
  }

  /** Sends `$cancel` for a call that was given up, if the server knows the command. */
  cancel({ cmd, seqno }: Call): void {
    if (this.#server.cancel && !isReservedCmd(cmd)) this.#ask(EXTENSION.cancel, { seqno }).catch(() => {})
  }

  /** @throws CommandError `too_large` when the request is larger than what the server accepts. */
  checkSize(call: Call, payload: Payload): void {
    const { maxMessageBytes = Infinity } = this.#server
    if (payload.length > maxMessageBytes) {
      throw failure(call, 'too_large', {
        msg: `the request has ${payload.length} bytes; the server accepts at most ${maxMessageBytes}`,
      })
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
    this.#refreshing ??= this.#auth()
      .then((auth) => this.#ask(EXTENSION.auth, { auth }))
      .finally(() => {
        this.#refreshing = undefined
      })
    return this.#refreshing
  }

  async #hello(connection: FreshConnection, isRetry = false): Promise<void> {
    const { isCurrent } = connection
    const auth = this.hasAuth ? await this.#auth() : undefined
    if (!isCurrent()) return
    const contract = this.#settings.contract?.hash
    try {
      const server = await this.#ask(EXTENSION.hello, { client: CLIENT_NAME, contract, auth })
      if (isCurrent()) this.#learn(Object(server))
    } catch (error) {
      const { code } = error as CommandError
      if (code === 'unauthenticated' && this.hasAuth && !isRetry) return this.#hello(connection, true)
      if (isCurrent()) this.#fallBack()
      if (code !== 'not_implemented') throw error
    }
  }

  #learn(server: Partial<HelloResponse>): void {
    this.#server = server
    if (server.heartbeatTimeoutMs) this.#options.heartbeat.learn(server.heartbeatTimeoutMs)
    const mismatch = findMismatch(this.#settings.contract, server)
    if (mismatch) this.#options.events.deliver('mismatch', mismatch)
  }

  /** A server without extensions does not ping, so a background tab has to keep its heartbeats up by itself. */
  #fallBack(): void {
    const { heartbeat } = this.#options
    this.#stopBackgroundTimer = startBackgroundTimer(this.#settings.heartbeatIntervalMs / 2, () => heartbeat.check())
  }

  /** A `$hello` with credentials failed: for good when they were refused. */
  #refused(connection: FreshConnection, cause: unknown): void {
    const reason = String(cause)
    if (!(cause instanceof CommandError)) this.#options.authFailed(cause)
    else if (FINAL_REFUSALS.includes(cause.code)) connection.fail({ code: POLICY_VIOLATION, reason, cause })
    // Without effect on a connection that has failed already.
    connection.fail({ code: NO_CLOSE_FRAME, reason })
  }

  async #auth(): Promise<unknown> {
    const { auth } = this.#settings
    return typeof auth === 'function' ? auth() : auth
  }

  /**
   * Calls a reserved command and notes its round trip, whatever the answer. It leaves now or fails; only fresh credentials
   * may wait for another connection.
   */
  #ask(cmd: string, data: object): Promise<unknown> {
    const { clock, connectTimeoutMs: timeoutMs } = this.#settings
    const startedAt = clock.now()
    const answered = () => {
      this.#roundTripMs = clock.now() - startedAt
    }
    const isLasting = cmd === EXTENSION.auth
    const answer = this.#options.calls.start({ cmd, idempotent: isLasting, timeoutMs }, data, { mayWait: isLasting })
    answer.then(answered, (error: CommandError) => error.status !== undefined && answered())
    return answer
  }
}

const FINAL_REFUSALS: readonly string[] = ['unauthenticated', 'forbidden']
