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
  for (const [name, value, least] of numbersOf(settings)) {
    if (!(value >= least)) throw new RangeError(`${name} must be a number of at least ${least}, got ${String(value)}`)
  }
  return settings
}

/** `undefined` means the default. */
function defined<Options extends object>(options: Options | undefined): Options {
  return Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)) as Options
}

/** The options that are numbers, with the least that each may be. */
function numbersOf({ outbox, reconnect, ...settings }: Settings): readonly (readonly [string, number, number])[] {
  return [
    ['timeoutMs', settings.timeoutMs, 1],
    ['heartbeatIntervalMs', settings.heartbeatIntervalMs, 1],
    ['connectTimeoutMs', settings.connectTimeoutMs, 1],
    ['maxInFlight', settings.maxInFlight ?? 1, 1],
    ['outbox.maxCalls', outbox.maxCalls, 0],
    ['reconnect.minDelayMs', reconnect.minDelayMs, 0],
    ['reconnect.maxDelayMs', reconnect.maxDelayMs, 0],
    ['reconnect.maxAttempts', reconnect.maxAttempts, 0],
  ]
}
