import type { BrokerPeer, BrokerWorld } from './broker-world.ts'

/** One peer per server. */
export async function onePeerPerServer(world: BrokerWorld, servers: number): Promise<Crowd> {
  const peers: BrokerPeer[] = []
  for (let index = 0; index < servers; index++) peers.push(await (await world.add()).connect())
  return { nodes: world.nodes, peers }
}

/** One peer per server, each in the room `room`. */
export async function membersOf(world: BrokerWorld, servers: number): Promise<Crowd> {
  const crowd = await onePeerPerServer(world, servers)
  for (const { session } of crowd.peers) await session.join('room')
  return crowd
}

interface Crowd {
  readonly nodes: BrokerWorld['nodes']
  readonly peers: readonly BrokerPeer[]
}

/** Lets the event loop turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
