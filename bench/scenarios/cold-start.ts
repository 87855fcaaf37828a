import { withServer } from '../measure/under-load.ts'
import type { Scenario } from './scenario.ts'

/** From nothing to a server that listens: what a deployment, a test run or a lambda waits for. */
export const coldStart: Scenario = {
  name: 'cold-start',
  title: 'a process started until its server listens',
  measures: [
    { key: 'start', label: 'ms to listening', isCompared: true, digits: 0 },
    { key: 'cpu', label: 'CPU ms', isCompared: false, digits: 0 },
    { key: 'memory', label: 'RSS MiB', isCompared: true },
  ],
  seconds: 0,
  rounds: 5,
  run: (contestant) =>
    withServer(contestant, async (server) => {
      const { userUs, systemUs } = server.times()
      const values = {
        start: server.startMs,
        cpu: (userUs + systemUs) / 1_000,
        memory: (await server.ask('memory')) / 2 ** 20,
      }
      return { values }
    }),
}
