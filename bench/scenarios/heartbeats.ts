import { setTimeout as sleep } from 'node:timers/promises'
import { generatorWords } from '../measure/load.ts'
import { withGenerator, withServer } from '../measure/under-load.ts'
import { measureWindow } from '../measure/window.ts'
import type { Scenario } from './scenario.ts'

const CONNECTIONS = 10_000

/** What it costs to know that everybody is alive; the longest that a call would have waited because of it. */
export const heartbeats: Scenario = {
  name: 'heartbeats',
  title: '10,000 connections that are only kept alive',
  measures: [
    { key: 'share', label: 'CPU % of a core', isCompared: true, digits: 2 },
    { key: 'stall', label: 'longest stall ms', isCompared: true, digits: 0 },
    { key: 'disturbed', label: 'disturbed %', isCompared: false, digits: 0 },
  ],
  contestants: ['ws', 'wsrv', 'uws', 'socket.io', 'trpc'],
  seconds: 32,
  rounds: 1,
  run: (contestant, seconds) =>
    withServer(contestant, async (server) => {
      const words = generatorWords(contestant, { connections: CONNECTIONS, heartbeatMs: 10_000 }, server.port)
      return withGenerator(words, async (generator) => {
        generator.begin()
        await sleep(1_000)
        await server.ask('memory')
        await server.ask('watch-stalls')
        const window = await measureWindow(server, generator, seconds)
        return {
          values: {
            share: (window.cpuUs / window.wallUs) * 100,
            stall: await server.ask('longest-stall'),
            disturbed: window.serverDisturbed * 100,
          },
        }
      })
    }),
}
