import * as protocol from '@wsrv/protocol'
import { DEFAULT_LIMITS } from '../../packages/server/src/limits.ts'

/** Where a limit is set: the file that declares the option, and how the option is written. */
export interface LimitOption {
  readonly file: string
  readonly option: string
}

const SERVER = 'packages/server/src/server-types.ts'
const SESSIONS = 'packages/server/src/session/session-limits.ts'
const CLIENT = 'packages/client/src/client-options.ts'

/** By the constant that is the option's default; those that are not here, nor among the server's `limits`, are fixed. */
const OTHERS: ReadonlyMap<string, LimitOption> = new Map([
  ['HANDSHAKE_TIMEOUT_MS', { file: 'packages/server/src/connection/listen.ts', option: 'handshakeTimeoutMs' }],
  ['HEARTBEAT_TIMEOUT_MS', { file: SERVER, option: 'heartbeatTimeoutMs' }],
  ['HANDLER_TIMEOUT_MS', { file: SERVER, option: 'handlerTimeoutMs' }],
  ['RESUME_WINDOW_MS', { file: SESSIONS, option: 'sessions.windowMs' }],
  ['MAX_DETACHED', { file: SESSIONS, option: 'sessions.maxDetached' }],
  ['JOURNAL_MESSAGES', { file: SESSIONS, option: 'sessions.journalMessages' }],
  ['JOURNAL_BYTES', { file: SESSIONS, option: 'sessions.journalBytes' }],
  ['JOURNAL_TOTAL_BYTES', { file: SESSIONS, option: 'sessions.journalTotalBytes' }],
  ['ACK_EVERY', { file: SESSIONS, option: 'sessions.ackEvery' }],
  ['ACK_BYTES', { file: SESSIONS, option: 'sessions.ackBytes' }],
  ['HEARTBEAT_INTERVAL_MS', { file: CLIENT, option: 'heartbeatIntervalMs' }],
  ['CALL_TIMEOUT_MS', { file: CLIENT, option: 'timeoutMs' }],
  ['MAX_QUEUED_PUSHES', { file: 'packages/client/src/push-iterator.ts', option: 'maxQueued' }],
  ['MAX_QUEUED_CALLS', { file: CLIENT, option: 'outbox.maxCalls' }],
  ['CONNECT_TIMEOUT_MS', { file: CLIENT, option: 'connectTimeoutMs' }],
  ['RECONNECT_MIN_DELAY_MS', { file: CLIENT, option: 'reconnect.minDelayMs' }],
  ['RECONNECT_MAX_DELAY_MS', { file: CLIENT, option: 'reconnect.maxDelayMs' }],
])

/** Every limit that somebody can set, by the constant that is its default. */
export const LIMIT_OPTIONS: ReadonlyMap<string, LimitOption> = new Map([
  ...Object.keys(DEFAULT_LIMITS).map(
    (name) => [constantOf(name), { file: 'packages/server/src/limits.ts', option: `limits.${name}` }] as const,
  ),
  ...OTHERS,
])

/** What a constant of the protocol holds. */
export function limitOf(constant: string): unknown {
  return new Map<string, unknown>(Object.entries(protocol)).get(constant)
}

/** `maxInFlight` is `MAX_IN_FLIGHT`. */
export function constantOf(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
}
