import type { BrokerNode, BrokerWorld } from './broker-world.ts'

/** Something that holds with every broker. */
export interface BrokerScenario {
  readonly name: string
  run(world: BrokerWorld): Promise<void>
}

export async function twoServers(world: BrokerWorld): Promise<{ one: BrokerNode; other: BrokerNode }> {
  return { one: await world.add(), other: await world.add() }
}

/** 0 to `count` - 1. */
export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n)
}

/** Waits until something holds; a broker over a network takes its time. Rejects after five seconds. */
export async function eventually(holds: () => boolean | undefined): Promise<void> {
  const end = performance.now() + 5_000
  while (holds() !== true) {
    if (performance.now() > end) throw new Error(`still not after 5 s: ${holds}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

/** Time in which what must not come would have come. */
export function quiet(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, QUIET_MS))
}

/** Many times what a message takes from server to server on one machine. */
const QUIET_MS = 40
