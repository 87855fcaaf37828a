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
export interface ExtensionsTools {
  readonly calls: Calls
  readonly heartbeat: Heartbeat
  readonly events: Subscriptions
  /** Hears what `auth` threw. */
  readonly authFailed: (error: unknown) => void
}

/** Speaks the reserved commands. PROTOCOL.md §Extensions. */
export class Extensions {
  readonly #tools: ExtensionsTools
  readonly #settings: Settings
  /** What the server of the moment said of itself; what is not of the right type is as good as absent. */
  #server: Partial<HelloResponse> = {}
  #refreshing: Promise<unknown> | undefined
  #roundTripMs: number | undefined
  #stopBackgroundTimer = () => {}

  constructor(tools: ExtensionsTools, settings: Settings) {
    this.#tools = tools
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

  /** Says what must come before every call: `$hello`. With credentials its answer must come before, too. */
  greet(connection: FreshConnection): void {
    if (this.hasAuth) {
      this.#hello(connection).then(connection.ready, (cause) => this.#refused(connection, cause))
      return
    }
    // A server that refuses a client without credentials says so again to its calls.
    if (this.#settings.extensions) this.#hello(connection).catch(() => {})
    connection.ready()
  }

  /** The connection is gone, and with it what its server said. */
  forget(): void {
    this.#server = {}
    this.#stopBackgroundTimer()
  }

  /** Asks whether anybody is there; any answer will do. */
  ping(): void {
    this.#ask(EXTENSION.ping, {}).catch(() => {})
  }

  /** Tells the server that nobody waits for a call any more, if it wants to know. */
  cancel({ cmd, seqno }: Call): void {
    if (this.#server.cancel && !isReservedCmd(cmd)) this.#ask(EXTENSION.cancel, { seqno }).catch(() => {})
  }

  /** @throws CommandError `too_large` when the server would not read a call's request. */
  checkSize(call: Call, payload: Payload): void {
    const { maxMessageBytes = Infinity } = this.#server
    if (payload.length > maxMessageBytes) {
      throw failure(call, 'too_large', { msg: `the server reads ${maxMessageBytes} bytes` })
    }
  }

  /**
   * Gives the server fresh credentials without a new connection; several at a time are one.
   *
   * @param refused the call that needs them.
   * @returns `undefined` when there are none, or it was they that were refused.
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
    if (server.heartbeatTimeoutMs) this.#tools.heartbeat.learn(server.heartbeatTimeoutMs)
    const mismatch = findMismatch(this.#settings.contract, server)
    if (mismatch) this.#tools.events.deliver('mismatch', mismatch)
  }

  /** The server has no extensions, or does not say so, and may not ping: a background tab must not fall silent. */
  #fallBack(): void {
    const { heartbeat } = this.#tools
    this.#stopBackgroundTimer = startBackgroundTimer(this.#settings.heartbeatIntervalMs / 2, () => heartbeat.check())
  }

  /** A `$hello` with credentials failed: for good when they were refused. */
  #refused(connection: FreshConnection, cause: unknown): void {
    const reason = String(cause)
    if (!(cause instanceof CommandError)) this.#tools.authFailed(cause)
    else if (FINAL_REFUSALS.includes(cause.code)) connection.fail({ code: POLICY_VIOLATION, reason, cause })
    // Without effect on a connection that has failed already.
    connection.fail({ code: NO_CLOSE_FRAME, reason })
  }

  async #auth(): Promise<unknown> {
    const { auth } = this.#settings
    return typeof auth === 'function' ? auth() : auth
  }

  /**
   * A call of the protocol's own, whose round trip is noted whatever the server answers. It leaves now or never, but for
   * fresh credentials, which any connection may carry.
   */
  #ask(cmd: string, data: object): Promise<unknown> {
    const { clock, connectTimeoutMs: timeoutMs } = this.#settings
    const startedAt = clock.now()
    const answered = () => {
      this.#roundTripMs = clock.now() - startedAt
    }
    const isLasting = cmd === EXTENSION.auth
    const answer = this.#tools.calls.start({ cmd, idempotent: isLasting, timeoutMs }, data, { mayWait: isLasting })
    answer.then(answered, (error: CommandError) => error.status !== undefined && answered())
    return answer
  }
}

const FINAL_REFUSALS: readonly string[] = ['unauthenticated', 'forbidden']
