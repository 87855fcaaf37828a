/** What the server process says of itself. */
export interface Sample {
  readonly atMs: number
  readonly rssBytes: number
  /** CPU time of the process since it began, in µs. */
  readonly cpuUs: number
  /** Longest time since the last sample that the event loop did not turn, in ms. */
  readonly stallMs: number
  readonly sessions: number
}

/** What a server process still holds once its clients are gone. */
export interface Leftovers {
  readonly sessions: number
  /** Sessions that have ended and cannot be collected: something still refers to them, a room, a timer, a listener. */
  readonly heldSessions: number
  readonly timers: number
  readonly sockets: number
}

/** What a run asks of the server process, and what it answers. */
export type Question = 'sample' | 'settled sample' | 'leftovers' | 'close'

/** How fast the memory of a process grows, by least squares, in MiB a minute. */
export function rssSlope(samples: readonly Sample[]): number {
  const meanAt = mean(samples.map(({ atMs }) => atMs))
  const meanRss = mean(samples.map(({ rssBytes }) => rssBytes))
  let covariance = 0
  let variance = 0
  for (const { atMs, rssBytes } of samples) {
    covariance += (atMs - meanAt) * (rssBytes - meanRss)
    variance += (atMs - meanAt) ** 2
  }
  return variance === 0 ? 0 : (covariance / variance / 2 ** 20) * 60_000
}

/** CPU time between two samples as a part of the time that passed: 1 is a whole core. */
export function cpuShare(from: Sample, to: Sample): number {
  return (to.cpuUs - from.cpuUs) / 1_000 / (to.atMs - from.atMs)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
