import { measureUnderLoad } from '../measure/under-load.ts'
import { refusal, SIDES, sides } from './saturation.ts'
import type { Scenario } from './scenario.ts'

/** News to everybody; the next follows when half of them have it, so that the server never waits. */
export const fanOut: readonly Scenario[] = [
  broadcast('push-1000', { connections: 1_000, aTurn: 1 }, 'one push to each of 1,000 connections'),
  broadcast('push-5000', { connections: 5_000, aTurn: 1 }, 'one push to each of 5,000 connections'),
  broadcast('push-8', { connections: 1_000, aTurn: 8 }, 'eight pushes in a loop turn to each of 1,000 connections'),
]

function broadcast(
  name: string,
  size: { readonly connections: number; readonly aTurn: number },
  title: string,
): Scenario {
  return {
    name,
    title,
    measures: [
      { key: 'cost', label: 'CPU µs/push', isCompared: true, digits: 2 },
      { key: 'rate', label: 'pushes/s', isCompared: false, digits: 0 },
      ...SIDES,
    ],
    seconds: 3,
    rounds: 5,
    run: async (contestant, seconds) => {
      const { connections, aTurn } = size
      const window = await measureUnderLoad(contestant, { connections, pushes: { aTurn } }, seconds)
      return {
        values: { cost: window.cpuUs / window.pushes, rate: window.pushes / (window.wallUs / 1e6), ...sides(window) },
        ...refusal(window),
      }
    },
  }
}
