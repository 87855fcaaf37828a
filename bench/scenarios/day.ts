import { CONTESTANTS } from '../contestants/contestants.ts'
import { SMALL_NOTE } from '../job/note.ts'
import { measureUnderLoad } from '../measure/under-load.ts'
import type { Scenario } from './scenario.ts'

const CONNECTIONS = 1_000

/** Share of what the first contestant can do that everybody is asked to do. */
const LOAD_SHARE = 0.2

let callsPerSecond = 0

/** A day's mixture at a fifth of what ws can do: calls at random times, a push to all a second, heartbeats, reconnects. */
export const day: Scenario = {
  name: 'day',
  title: 'a mixed day on 1,000 connections, as many calls a second for all as is 20 % load for ws',
  measures: [
    { key: 'p50', label: 'p50 µs', isCompared: true, digits: 0 },
    { key: 'p99', label: 'p99 µs', isCompared: true, digits: 0 },
    { key: 'p999', label: 'p99.9 µs', isCompared: false, digits: 0 },
    { key: 'rate', label: 'calls/s', isCompared: false, digits: 0 },
    { key: 'share', label: 'CPU %', isCompared: false, digits: 0 },
    { key: 'disturbed', label: 'disturbed %', isCompared: false, digits: 0 },
  ],
  seconds: 10,
  rounds: 3,
  prepare: async () => {
    const [first] = CONTESTANTS
    if (first === undefined) return
    const calls = { note: SMALL_NOTE, inFlight: 1 }
    const { replies, cpuUs } = await measureUnderLoad(first, { connections: 64, calls }, 2)
    callsPerSecond = Math.round((LOAD_SHARE * 1e6 * replies) / cpuUs)
  },
  run: async (contestant, seconds) => {
    const load = {
      connections: CONNECTIONS,
      calls: { note: SMALL_NOTE, perSecond: callsPerSecond },
      pushes: { aTurn: 1, everyMs: 1_000 },
      heartbeatMs: 10_000,
      reconnectsPerSecond: 10,
    }
    const window = await measureUnderLoad(contestant, load, seconds)
    return {
      values: {
        p50: window.p50Us,
        p99: window.p99Us,
        p999: window.p999Us,
        rate: window.replies / (window.wallUs / 1e6),
        share: (window.cpuUs / window.wallUs) * 100,
        disturbed: window.serverDisturbed * 100,
      },
      ...(window.skipped > 0 && { refusal: `the server fell behind: ${window.skipped} calls could not be made` }),
    }
  },
}
