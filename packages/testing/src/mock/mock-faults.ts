import { describe } from '@wsrv/protocol'

/** What goes wrong between a mock and its clients. Rates are shares of all requests, from 0 to 1. */
export interface MockFaults {
  /** How long each answer takes, in ms: always, or from the first to the second. Default 0. */
  readonly latencyMs?: number | readonly [least: number, most: number] | undefined
  /** Share of requests answered with one of their command's errors, or 500 where the contract has none. Default 0. */
  readonly errorRate?: number | undefined
  /** Share of requests whose connection is dropped before the answer; a client with a session gets it when it is back. Default 0. */
  readonly dropRate?: number | undefined
  /** Share of requests whose answer takes {@link slowMs} longer. Default 0. */
  readonly slowRate?: number | undefined
  /** How much longer a slow answer takes, in ms. Default 3,000. */
  readonly slowMs?: number | undefined
}

/** {@link MockFaults}, its defaults filled in. */
export interface FaultSettings {
  readonly latencyMs: readonly [least: number, most: number]
  readonly errorRate: number
  readonly dropRate: number
  readonly slowRate: number
  readonly slowMs: number
}

/** Longer than any client waits; more is a mistake of the unit. */
const MAX_DELAY_MS = 600_000

/**
 * Fills in what is left out.
 *
 * @throws RangeError that names what is out of range.
 */
export function readFaults(faults: MockFaults = {}): FaultSettings {
  const { latencyMs = 0, errorRate = 0, dropRate = 0, slowRate = 0, slowMs = 3_000 } = faults
  const [least, most] = typeof latencyMs === 'number' ? [latencyMs, latencyMs] : latencyMs
  for (const [name, rate] of Object.entries({ errorRate, dropRate, slowRate })) {
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`${name} must be a share from 0 to 1, got ${describe(rate)}`)
  }
  checkDelay('slowMs', slowMs)
  checkDelay('latencyMs', least)
  checkDelay('latencyMs', most)
  if (least > most) throw new RangeError(`latencyMs must go from less to more, got ${least} to ${most}`)
  return { latencyMs: [least, most], errorRate, dropRate, slowRate, slowMs }
}

/** @throws RangeError when it is not a delay that a mock can make. */
export function checkDelay(name: string, ms: number): void {
  if (ms >= 0 && ms <= MAX_DELAY_MS) return
  throw new RangeError(`${name} must be a number of ms from 0 to ${MAX_DELAY_MS}, got ${describe(ms)}`)
}
