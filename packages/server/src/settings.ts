import { HANDLER_TIMEOUT_MS, HEARTBEAT_TIMEOUT_MS, jsonCodec, systemClock } from '@wsrv/protocol'
import type { OpenApi } from './api-types.ts'
import { checkChoice, checkObject, DELAY_RANGE, resolveNumbers, TIMER_RANGE } from './check-options.ts'
import { checkOrigins } from './connection/origin.ts'
import { DEFAULT_LIMITS, LIMIT_RANGES, type Limits } from './limits.ts'
import { consoleLogger } from './observer/logger.ts'
import type { Observer } from './observer/observer.ts'
import { expectPayloads } from './payloads.ts'
import type { ServerOptions } from './server-types.ts'
import { DEFAULT_SESSION_LIMITS, type SessionLimits } from './session/session-limits.ts'
import { createWsTransport } from './ws/ws-transport.ts'

/** {@link ServerOptions} with their defaults filled in. */
export interface Settings
  extends Required<Omit<Options, 'limits' | 'observer' | 'sessions' | OptionsWithoutDefault>>,
    Pick<Options, OptionsWithoutDefault> {
  readonly limits: Limits
  /** `undefined` when sessions end with their connection. */
  readonly sessions: SessionLimits | undefined
  readonly observers: readonly Observer[]
}

type Options = ServerOptions<OpenApi>
type OptionsWithoutDefault = 'broker' | 'handlers' | 'authenticate' | 'authorizeUpgrade'

/**
 * Fills in every default. The only place that knows them.
 *
 * @throws TypeError when options contradict each other, or one is of another kind than it may be.
 * @throws RangeError when a number is out of its range.
 */
export function resolveSettings(options: Options): Settings {
  const limits = resolveNumbers(options.limits, DEFAULT_LIMITS, LIMIT_RANGES, 'limits.')
  const { extensions = true, context = {} } = options
  if (options.authenticate !== undefined && !extensions) {
    throw new TypeError('authenticate needs extensions: credentials come in a reserved command')
  }
  const messageType = options.messageType ?? 'text'
  checkChoice('messageType', messageType, ['text', 'binary'])
  checkChoice('extensions', extensions, [true, false])
  return {
    ...options,
    ...resolveNumbers(options, DEFAULT_TIMES, TIME_RANGES),
    limits,
    extensions,
    sessions: extensions && options.sessions !== false ? { ...DEFAULT_SESSION_LIMITS, ...options.sessions } : undefined,
    context: checkObject('context', context),
    messageType,
    allowedOrigins: checkOrigins(options.allowedOrigins ?? 'same-origin'),
    logger: options.logger ?? consoleLogger,
    observers: [options.observer ?? []].flat(),
    codec: options.codec === undefined || options.codec === jsonCodec ? jsonCodec : expectPayloads(options.codec),
    clock: options.clock ?? systemClock,
    transport: options.transport ?? createWsTransport(limits),
    random: options.random ?? Math.random,
  }
}

const DEFAULT_TIMES = { heartbeatTimeoutMs: HEARTBEAT_TIMEOUT_MS, handlerTimeoutMs: HANDLER_TIMEOUT_MS }
const TIME_RANGES = { heartbeatTimeoutMs: DELAY_RANGE, handlerTimeoutMs: TIMER_RANGE }
