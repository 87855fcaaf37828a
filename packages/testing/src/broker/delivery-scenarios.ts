import { expect } from 'vitest'
import { membersOf, onePeerPerServer } from './crowd.ts'
import { type BrokerScenario, eventually, quiet, twoServers } from './scenario.ts'

/** Pushes to sessions, their bytes, and servers that come and go. */
export const DELIVERY_SCENARIOS: readonly BrokerScenario[] = [
  {
    name: 'a push to a session reaches it at another server, and no other session',
    run: async (world) => {
      const { nodes, peers } = await onePeerPerServer(world, 3)
      const neighbour = await nodes[2]?.connect()
      expect(nodes[0]?.server.push(peers[2]?.sid ?? '', 'note', { n: 1 })).toBe(false)
      await eventually(() => peers[2]?.notes.length === 1)
      await quiet()
      expect([peers[0]?.notes, peers[1]?.notes, neighbour?.notes]).toEqual([[], [], []])
    },
  },
  {
    name: 'a push to a session of the same server reaches it once',
    run: async (world) => {
      const { one } = await twoServers(world)
      const peer = await one.connect()
      expect(one.server.push(peer.sid, 'note', { n: 1 })).toBe(true)
      await eventually(() => peer.notes.length > 0)
      await quiet()
      expect(peer.notes).toEqual([1])
    },
  },
  {
    name: 'a push to a session that is nowhere goes nowhere',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      expect(one.server.push('nowhere', 'note', { n: 1 })).toBe(false)
      one.server.push(peer.sid, 'note', { n: 2 })
      await eventually(() => peer.notes.length === 1)
      expect(peer.notes).toEqual([2])
    },
  },
  {
    name: 'a push of a mebibyte of all kinds of characters arrives as it was sent',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const [near, far] = [await one.connect(), await other.connect()]
      for (const { session } of [near, far]) await session.join('room')
      one.server.to('room').push('text', { text: 'aé😀\u2028"\\'.repeat(100_000) })
      await eventually(() => far.messages.length === 1 && near.messages.length === 1)
      expect(far.messages[0] === near.messages[0]).toBe(true)
    },
  },
  {
    name: 'a push of a server that sends binary messages arrives as one, byte for byte',
    run: async (world) => {
      const one = await world.add({ messageType: 'binary' })
      const other = await world.add({ messageType: 'binary' })
      const [near, far] = [await one.connect(), await other.connect()]
      for (const { session } of [near, far]) await session.join('room')
      one.server.to('room').push('text', { text: 'é' })
      await eventually(() => far.messages.length === 1 && near.messages.length === 1)
      expect(far.messages[0]).toBeInstanceOf(Buffer)
      expect(far.messages).toEqual(near.messages)
    },
  },
  {
    name: 'a server that starts later receives what is pushed from then on',
    run: async (world) => {
      const { one } = await twoServers(world)
      one.server.broadcast('note', { n: 1 })
      const late = await world.add()
      const peer = await late.connect()
      await peer.session.join('room')
      one.server.to('room').push('note', { n: 2 })
      one.server.broadcast('note', { n: 3 })
      await eventually(() => peer.notes.length === 2)
      expect([...peer.notes].sort()).toEqual([2, 3])
    },
  },
  {
    name: 'when a server closes the others go on among themselves',
    run: async (world) => {
      const { nodes, peers } = await onePeerPerServer(world, 3)
      await nodes[1]?.close()
      nodes[0]?.server.broadcast('note', { n: 1 })
      await eventually(() => peers[2]?.notes.length === 1)
      expect(peers[1]?.notes).toEqual([])
    },
  },
  {
    name: 'every server of three may push in the same turn, and each session gets every push once',
    run: async (world) => {
      const { nodes, peers } = await membersOf(world, 3)
      nodes.forEach(({ server }, n) => {
        server.to('room').push('note', { n })
      })
      await eventually(() => peers.every(({ notes }) => notes.length === 3))
      await quiet()
      for (const { notes } of peers) expect([...notes].sort()).toEqual([0, 1, 2])
    },
  },
]
