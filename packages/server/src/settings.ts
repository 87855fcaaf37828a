import { HANDLER_TIMEOUT_MS, HEARTBEAT_TIMEOUT_MS, jsonCodec, systemClock } from '@wsrv/protocol'
import type { OpenApi } from './api-types.ts'
import { expectPayloads } from './expect-payloads.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import { consoleLogger } from './observer/console-logger.ts'
import type { Observer } from './observer/observer.ts'
import { createLocalBroker } from './push/local-broker.ts'
import type { ServerOptions } from './server-types.ts'
import { createWsTransport } from './ws/ws-transport.ts'

/** {@link ServerOptions} with their defaults filled in. */
export interface Settings
  extends Required<Omit<Options, 'limits' | 'observer' | OptionsWithoutDefault>>,
    Pick<Options, OptionsWithoutDefault> {
  readonly limits: Limits
  readonly observers: readonly Observer[]
}

type Options = ServerOptions<OpenApi>
type OptionsWithoutDefault = 'handlers' | 'authenticate' | 'authorizeUpgrade'

/**
 * Fills in every default. The only place that knows them.
 *
 * @throws TypeError when the options contradict each other.
 */
export function resolveSettings(options: Options): Settings {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const { extensions = true } = options
  if (options.authenticate !== undefined && !extensions) {
    throw new TypeError('authenticate needs extensions: credentials come in a reserved command')
  }
  return {
    ...options,
    limits,
    extensions,
    messageType: options.messageType ?? 'text',
    allowedOrigins: options.allowedOrigins ?? 'same-origin',
    heartbeatTimeoutMs: options.heartbeatTimeoutMs ?? HEARTBEAT_TIMEOUT_MS,
    handlerTimeoutMs: options.handlerTimeoutMs ?? HANDLER_TIMEOUT_MS,
    logger: options.logger ?? consoleLogger,
    observers: [options.observer ?? []].flat(),
    broker: options.broker ?? createLocalBroker(),
    codec: options.codec === undefined ? jsonCodec : expectPayloads(options.codec),
    clock: options.clock ?? systemClock,
    transport: options.transport ?? createWsTransport(limits),
    random: options.random ?? Math.random,
  }
}
