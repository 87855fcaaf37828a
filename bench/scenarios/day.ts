import { CONTESTANTS } from '../contestants/contestants.ts'
import { SMALL_NOTE } from '../job/note.ts'
import type { Load } from '../measure/load.ts'
import { measureUnderLoad } from '../measure/under-load.ts'
import type { Scenario } from './scenario.ts'

const CONNECTIONS = 1_000

/** Share of a core that the first contestant spends on the day. */
const LOAD_SHARE = 0.2

/** Rate at which that is found out: far from both ends. */
const TRIAL_CALLS_PER_SECOND = 4_000

let callsPerSecond = TRIAL_CALLS_PER_SECOND

/** Calls at random times, a push to everybody every two seconds, heartbeats, connections that come and go. */
function dayLoad(perSecond: number): Load {
  return {
    connections: CONNECTIONS,
    calls: { note: SMALL_NOTE, perSecond },
    pushes: { aTurn: 1, everyMs: 2_000 },
    heartbeatMs: 10_000,
    reconnectsPerSecond: 10,
  }
}

/** What a call waits when a server is lightly loaded: every contestant gets the calls that load the first one by a fifth. */
export const day: Scenario = {
  name: 'day',
  title: 'a mixed day on 1,000 connections: as many calls a second for all as load ws by 20 %',
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
    const { cpuUs, wallUs } = await measureUnderLoad(first, dayLoad(TRIAL_CALLS_PER_SECOND), 4)
    callsPerSecond = Math.round((TRIAL_CALLS_PER_SECOND * LOAD_SHARE * wallUs) / cpuUs)
  },
  run: async (contestant, seconds) => {
    const window = await measureUnderLoad(contestant, dayLoad(callsPerSecond), seconds)
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
