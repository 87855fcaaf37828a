import type { Output } from '../output.ts'

/** Times of several round trips, in ms. */
export interface RoundTrips {
  readonly count: number
  readonly minMs: number
  readonly medianMs: number
  readonly p99Ms: number
  readonly maxMs: number
}

/** Sums up round trips; there must be one at least. */
export function sumUp(times: readonly number[]): RoundTrips {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  return { count: sorted.length, minMs: at(0), medianMs: at(MEDIAN), p99Ms: at(P99), maxMs: at(1) }
}

const MEDIAN = 0.5
const P99 = 0.99

/** Shows how round trips are spread: a bar for each of a few spans of time, of equal width. */
export function showHistogram({ info, colors }: Output, times: readonly number[]): void {
  const { minMs, maxMs } = sumUp(times)
  const step = (maxMs - minMs) / BARS || 1
  const counts = Array.from({ length: BARS }, () => 0)
  for (const time of times) {
    const bar = Math.min(BARS - 1, Math.floor((time - minMs) / step))
    counts[bar] = (counts[bar] ?? 0) + 1
  }
  const most = Math.max(...counts)
  for (const [bar, count] of counts.entries()) {
    if (count === 0) continue
    const from = msText(minMs + bar * step).padStart(LABEL_CHARS)
    info(`${from}  ${colors.cyan('█'.repeat(Math.ceil((count / most) * BAR_CHARS)))} ${count}`)
  }
}

/** A number with three places behind the point: of ms, what a clock tells apart. */
export function rounded(value: number): number {
  return Number(value.toFixed(3))
}

/** `0.42 ms`. */
export function msText(ms: number): string {
  return `${ms.toFixed(2)} ms`
}

const BARS = 8
const BAR_CHARS = 50
const LABEL_CHARS = 12
