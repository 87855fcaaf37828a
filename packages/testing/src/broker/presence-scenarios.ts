import { expect } from 'vitest'
import type { BrokerNode } from './broker-world.ts'
import { type BrokerScenario, eventually, quiet, twoServers } from './scenario.ts'

/** Members of rooms, over all servers. */
export const PRESENCE_SCENARIOS: readonly BrokerScenario[] = [
  {
    name: 'the members of a room are counted over all servers',
    run: async (world) => {
      const nodes = [await world.add(), await world.add(), await world.add()]
      for (const node of nodes) await (await node.connect()).session.join('room')
      await (await nodes[0]?.connect())?.session.join('room')
      for (const { server } of nodes) await countsTo(server, 4)
    },
  },
  {
    name: 'a room without members has none',
    run: async (world) => {
      const { one } = await twoServers(world)
      expect(await one.server.to('empty').count()).toBe(0)
      expect(await one.server.to('empty').members()).toEqual([])
    },
  },
  {
    name: 'members are listed with what they show, wherever they are',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const [alice, bob] = [await one.connect(), await other.connect()]
      await alice.session.join('room', { name: 'alice' })
      await bob.session.join('room', { name: 'bob' })
      for (const { server } of [one, other]) {
        await countsTo(server, 2)
        const members = await server.to('room').members()
        const shown = members.map(({ sid, value }) => [sid, value])
        expect(new Map(shown as [string, unknown][])).toEqual(
          new Map([
            [alice.sid, { name: 'alice' }],
            [bob.sid, { name: 'bob' }],
          ]),
        )
      }
    },
  },
  {
    name: 'a member that shows nothing shows an empty object',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      await (await other.connect()).session.join('room')
      await countsTo(one.server, 1)
      expect(await one.server.to('room').members()).toMatchObject([{ value: {} }])
    },
  },
  {
    name: 'a member that joins again shows its new value, and is counted once',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      await peer.session.join('room', { mood: 'good' })
      await peer.session.join('room', { mood: 'better' })
      await countsTo(one.server, 1)
      await eventuallyShown(one, { mood: 'better' })
    },
  },
  {
    name: 'a member that left is counted no more',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const [goes, stays] = [await other.connect(), await other.connect()]
      for (const { session } of [goes, stays]) await session.join('room')
      await countsTo(one.server, 2)
      goes.session.leave('room')
      await countsTo(one.server, 1)
    },
  },
  {
    name: 'a member whose session ended is counted no more',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      await peer.session.join('room')
      await countsTo(one.server, 1)
      peer.session.close()
      await countsTo(one.server, 0)
    },
  },
  {
    name: 'the members of a server that closes are gone at once',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      await (await other.connect()).session.join('room')
      await (await one.connect()).session.join('room')
      await countsTo(one.server, 2)
      await other.close()
      await countsTo(one.server, 1)
    },
  },
  {
    name: 'a session in two rooms is a member of both',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      await peer.session.join('room', { in: 'first' })
      await peer.session.join('second', { in: 'second' })
      await countsTo(one.server, 1)
      await eventuallyShown(one, { in: 'first' })
      expect(await one.server.to('second').members()).toMatchObject([{ value: { in: 'second' } }])
    },
  },
  {
    name: 'servers with members in a room are notified of who enters, changes and leaves',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      await (await one.connect()).session.join('room')
      const peer = await other.connect()
      await peer.session.join('room', { n: 1 })
      await peer.session.join('room', { n: 2 })
      peer.session.leave('room')
      await eventually(() => changesOf(one, peer.sid).length === 3)
      expect(changesOf(one, peer.sid)).toMatchObject([
        { kind: 'entered', value: { n: 1 }, isOurs: false },
        { kind: 'changed', value: { n: 2 }, isOurs: false },
        { kind: 'left', isOurs: false },
      ])
    },
  },
  {
    name: 'the server of a member is notified, too, and it is the one that acts',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      await (await one.connect()).session.join('room')
      const peer = await other.connect()
      await peer.session.join('room', { n: 1 })
      peer.session.close()
      await eventually(() => changesOf(other, peer.sid).length === 2)
      expect(changesOf(other, peer.sid)).toMatchObject([
        { kind: 'entered', value: { n: 1 }, isOurs: true },
        { kind: 'left', isOurs: true },
      ])
    },
  },
  {
    name: 'a server without members of a room is not notified of it',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      await peer.session.join('room')
      await quiet()
      expect(changesOf(one, peer.sid)).toEqual([])
    },
  },
  {
    name: 'joining twice with the same value is one entry and changes nothing',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      await (await one.connect()).session.join('room')
      const peer = await other.connect()
      await peer.session.join('room')
      await peer.session.join('room')
      await eventually(() => changesOf(one, peer.sid).length > 0)
      await quiet()
      expect(changesOf(one, peer.sid)).toMatchObject([{ kind: 'entered' }])
    },
  },
  {
    name: 'a session that joins from another server is a member like any other',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      await one.server.session(peer.sid).join('room')
      await countsTo(one.server, 1)
      await countsTo(other.server, 1)
    },
  },
  {
    name: 'a change that arrives is in the list of members already',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      await (await one.connect()).session.join('room')
      const peer = await other.connect()
      const seen: Promise<number>[] = []
      const stop = one.server.onPresence((change) => {
        if (change.sid !== peer.sid) return
        stop()
        seen.push(one.server.to('room').count())
      })
      await peer.session.join('room')
      await eventually(() => seen.length === 1)
      expect(await seen[0]).toBe(2)
    },
  },
]

async function countsTo(server: BrokerNode['server'], members: number): Promise<void> {
  const end = performance.now() + 5_000
  let count = await server.to('room').count()
  while (count !== members && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 5))
    count = await server.to('room').count()
  }
  expect(count).toBe(members)
}

async function eventuallyShown({ server }: BrokerNode, value: unknown): Promise<void> {
  let shown: unknown
  const look = async () => {
    shown = (await server.to('room').members()).map((member) => member.value)
  }
  for (let tries = 0; tries < 100; tries++) {
    await look()
    if (JSON.stringify(shown) === JSON.stringify([value])) break
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  expect(shown).toEqual([value])
}

function changesOf({ changes }: BrokerNode, sid: string): BrokerNode['changes'] {
  return changes.filter((change) => change.sid === sid)
}
