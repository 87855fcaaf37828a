import { generatorWords } from '../measure/load.ts'
import { timesBetween } from '../measure/process-times.ts'
import { withGenerator, withServer } from '../measure/under-load.ts'
import type { Scenario } from './scenario.ts'

const CONNECTIONS = 10_000
const KIB = 1_024

/** What a connection costs to open and to keep. */
export const idle: Scenario = {
  name: 'idle',
  title: '10,000 connections opened and left alone',
  measures: [
    { key: 'memory', label: 'RSS KiB/connection', isCompared: true },
    { key: 'connect', label: 'CPU µs/connect', isCompared: true, digits: 0 },
    { key: 'base', label: 'RSS MiB before', isCompared: false, digits: 0 },
  ],
  seconds: 0,
  rounds: 3,
  run: (contestant) =>
    withServer(contestant, async (server) => {
      await warmUp(contestant, server.port)
      const base = await server.ask('memory')
      const begun = server.times()
      return withGenerator(generatorWords(contestant, { connections: CONNECTIONS }, server.port), async () => {
        const spent = timesBetween(begun, server.times())
        const memory = await server.ask('memory')
        return {
          values: {
            memory: (memory - base) / KIB / CONNECTIONS,
            connect: (spent.userUs + spent.systemUs) / CONNECTIONS,
            base: base / KIB / KIB,
          },
        }
      })
    }),
}

/** Some connections that come and go, so that code is compiled and pages are there. */
async function warmUp(contestant: Parameters<Scenario['run']>[0], port: number): Promise<void> {
  await withGenerator(generatorWords(contestant, { connections: 500 }, port), async () => undefined)
}
