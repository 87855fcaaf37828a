import { type Clock, systemClock } from '@wsrv/protocol'

/** How servers share Redis; everything has a default. */
export interface RedisBrokerOptions {
  /**
   * First part of every key and channel: servers with the same one are one API, others on the same Redis never notice
   * them. 1 to 64 characters without braces. Default `wsrv`.
   */
  readonly prefix?: string | undefined
  /** Time Redis has to answer a command, in ms; beyond it the link is opened again. Default 5 s. */
  readonly commandTimeoutMs?: number | undefined
  /**
   * Time between probes of the subscription, in ms: a server that is deaf notices within twice this; with both connections
   * dead within three times this and `commandTimeoutMs`. Default 3 s.
   */
  readonly probeIntervalMs?: number | undefined
  /** Time after which a server that gave no sign of life is taken for gone, in ms. Default 15 s, at least three probes. */
  readonly leaseMs?: number | undefined
  /** Time a room stays subscribed after its last local member left, in ms. Default 5 s. */
  readonly lingerMs?: number | undefined
  /** Deliveries that wait for Redis; beyond it the oldest is dropped, counted, and told to its receivers. Default 10,000. */
  readonly maxQueued?: number | undefined
  /** Bytes that wait for Redis, likewise. Default 16 MiB. */
  readonly maxQueuedBytes?: number | undefined
  /** Time a delivery may wait for Redis, in ms: later it is dropped and told. Default 5 s. */
  readonly maxDelayMs?: number | undefined
  /** Largest message taken from a channel, in bytes; a larger one is dropped. Default 16 MiB. */
  readonly maxMessageBytes?: number | undefined
  /** Time another server has to answer a question about its session, in ms. Default 1 s. */
  readonly askTimeoutMs?: number | undefined
  /** Default the machine's time. */
  readonly clock?: Clock | undefined
  /** Returns a number from 0 to below 1. Default `Math.random`. */
  readonly random?: (() => number) | undefined
}

export type Settings = { readonly [Name in keyof RedisBrokerOptions]-?: NonNullable<RedisBrokerOptions[Name]> }

/** Each number: default, least and most. */
const NUMBERS = {
  commandTimeoutMs: [5_000, 100, 60_000],
  probeIntervalMs: [3_000, 100, 60_000],
  leaseMs: [15_000, 300, 600_000],
  lingerMs: [5_000, 0, 600_000],
  maxQueued: [10_000, 1, 10_000_000],
  maxQueuedBytes: [16_777_216, 1_024, 1_073_741_824],
  maxDelayMs: [5_000, 10, 600_000],
  maxMessageBytes: [16_777_216, 1_024, 536_870_912],
  askTimeoutMs: [1_000, 10, 60_000],
} as const satisfies Record<string, readonly [initial: number, least: number, most: number]>

const MAX_PREFIX_CHARS = 64

/**
 * Fills in the defaults.
 *
 * @throws RangeError that names the option, what it may be and what came.
 */
export function resolveSettings(options: RedisBrokerOptions): Settings {
  const numbers: Record<string, number> = {}
  for (const [name, [initial, least, most]] of Object.entries(NUMBERS)) {
    const value: unknown = options[name as keyof typeof NUMBERS] ?? initial
    if (typeof value !== 'number' || !(value >= least && value <= most)) {
      throw new RangeError(`${name} must be a number from ${least} to ${most}, got ${String(value)}`)
    }
    numbers[name] = value
  }
  const settings = {
    ...(numbers as Record<keyof typeof NUMBERS, number>),
    prefix: checkPrefix(options.prefix ?? 'wsrv'),
  }
  if (settings.leaseMs < 3 * settings.probeIntervalMs) {
    throw new RangeError(
      `leaseMs must be at least three times probeIntervalMs (${settings.probeIntervalMs}), got ${settings.leaseMs}`,
    )
  }
  return { ...settings, clock: options.clock ?? systemClock, random: options.random ?? Math.random }
}

function checkPrefix(prefix: unknown): string {
  if (typeof prefix === 'string' && /^[^{}]+$/.test(prefix) && prefix.length <= MAX_PREFIX_CHARS) return prefix
  throw new RangeError(
    `prefix must be 1 to ${MAX_PREFIX_CHARS} characters without braces, got ${JSON.stringify(prefix)}`,
  )
}
