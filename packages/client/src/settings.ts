import {
  CALL_TIMEOUT_MS,
  CONNECT_TIMEOUT_MS,
  HEARTBEAT_INTERVAL_MS,
  jsonClientCodec,
  MAX_QUEUED_CALLS,
  RECONNECT_MAX_DELAY_MS,
  RECONNECT_MIN_DELAY_MS,
  systemClock,
} from '@wsrv/protocol'
import type { ClientOptions, OutboxOptions, ReconnectOptions } from './client-options.ts'
import { isFinalClose } from './close-verdict.ts'
import { reportProblem } from './problem.ts'
import { createWebSocketTransport } from './web-socket-transport.ts'

/** {@link ReconnectOptions} with its defaults filled in. */
export type ReconnectSettings = Required<ReconnectOptions>

/** Options whose default is to be absent. */
type Optional = 'auth' | 'commands' | 'contract' | 'maxInFlight' | 'setup'

/** {@link ClientOptions} with its defaults filled in. */
export interface Settings extends Required<Omit<ClientOptions, Optional>>, Pick<ClientOptions, Optional> {
  readonly reconnect: ReconnectSettings
  readonly outbox: Required<OutboxOptions>
}

/** Fills in every default. The only place that knows them. */
export function resolveSettings(options: ClientOptions): Settings {
  const settings: Settings = {
    messageType: 'text',
    extensions: true,
    sessions: true,
    timeoutMs: CALL_TIMEOUT_MS,
    lazy: false,
    heartbeatIntervalMs: HEARTBEAT_INTERVAL_MS,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    onProblem: reportProblem,
    transport: createWebSocketTransport(),
    codec: jsonClientCodec,
    clock: systemClock,
    random: Math.random,
    ...defined(options),
    outbox: { maxCalls: MAX_QUEUED_CALLS, overflow: 'reject_newest', ...defined(options.outbox) },
    reconnect: {
      minDelayMs: RECONNECT_MIN_DELAY_MS,
      maxDelayMs: RECONNECT_MAX_DELAY_MS,
      maxAttempts: options.reconnect === false ? 0 : Infinity,
      isFinal: isFinalClose,
      ...defined(options.reconnect || {}),
    },
  }
  checkNumbers('', settings, 1)
  checkNumbers('outbox.', settings.outbox, 0)
  checkNumbers('reconnect.', settings.reconnect, 0)
  return settings
}

/** `undefined` means the default. */
function defined<Options extends object>(options: Options | undefined): Options {
  return Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)) as Options
}

/** Refuses a time or a limit, which their names tell apart from other options, that is not a number of at least `least`. */
function checkNumbers(group: string, options: object, least: number): void {
  for (const [name, value] of Object.entries(options)) {
    if (!NUMBER_NAME.test(name) || value >= least) continue
    throw new RangeError(`${group}${name} must be a number of at least ${least}, got ${String(value)}`)
  }
}

const NUMBER_NAME = /^max|Ms$/
