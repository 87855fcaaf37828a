import { readFileSync } from 'node:fs'

/** What the operating system has accounted to a process so far, in µs. */
export interface ProcessTimes {
  /** On a core in the process's own code. */
  readonly userUs: number
  /** On a core in the kernel, for the process. */
  readonly systemUs: number
  /** Of the main thread alone: on a core, or ready and waiting for one. It was never idle when this is the time passed. */
  readonly wantedUs: number
}

/** Length of a clock tick in /proc, in µs: `getconf CLK_TCK` is 100 on every Linux that runs Node. */
const TICK_US = 10_000

/** Reads /proc/<pid>/stat and /proc/<pid>/task/<pid>/schedstat; proc(5). */
export function readProcessTimes(pid: number): ProcessTimes {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [ranNs = 0, waitedNs = 0] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ').map(Number)
  return {
    userUs: Number(fields[11]) * TICK_US,
    systemUs: Number(fields[12]) * TICK_US,
    wantedUs: (ranNs + waitedNs) / 1_000,
  }
}

/** What was accounted between two readings. */
export function timesBetween(from: ProcessTimes, to: ProcessTimes): ProcessTimes {
  return {
    userUs: to.userUs - from.userUs,
    systemUs: to.systemUs - from.systemUs,
    wantedUs: to.wantedUs - from.wantedUs,
  }
}
