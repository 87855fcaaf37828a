import { expect } from 'vitest'
import { membersOf, onePeerPerServer, turn } from './crowd.ts'
import { type BrokerScenario, eventually, numbers, quiet, twoServers } from './scenario.ts'

/** Pushes to everyone and to rooms. */
export const PUSH_SCENARIOS: readonly BrokerScenario[] = [
  {
    name: 'a push to everyone reaches the sessions of each server once',
    run: async (world) => {
      const { nodes, peers } = await onePeerPerServer(world, 3)
      nodes[0]?.server.broadcast('note', { n: 1 })
      await eventually(() => peers.every(({ notes }) => notes.length > 0))
      await quiet()
      expect(peers.map(({ notes }) => notes)).toEqual([[1], [1], [1]])
    },
  },
  {
    name: 'pushes of one server arrive in the order in which it made them, whatever they are for',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      await peer.session.join('room')
      for (let n = 0; n < 90; n += 3) {
        one.server.broadcast('note', { n })
        one.server.broadcast('note', { n: n + 1 })
        one.server.broadcast('note', { n: n + 2 })
      }
      await eventually(() => peer.notes.length === 90)
      expect(peer.notes).toEqual(numbers(90))
    },
  },
  {
    name: 'pushes to a room made over many turns keep their order',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      await peer.session.join('room')
      for (let n = 0; n < 50; n++) {
        one.server.to('room').push('note', { n })
        if (n % 5 === 0) await turn()
      }
      await eventually(() => peer.notes.length === 50)
      expect(peer.notes).toEqual(numbers(50))
    },
  },
  {
    name: 'pushes of two servers to one room arrive each in its own order',
    run: async (world) => {
      const { nodes, peers } = await onePeerPerServer(world, 3)
      const reader = peers[2]
      await reader?.session.join('room')
      for (let n = 0; n < 40; n++) {
        nodes[0]?.server.to('room').push('note', { n })
        nodes[1]?.server.to('room').push('note', { n: n + 100 })
        if (n % 7 === 0) await turn()
      }
      await eventually(() => reader?.notes.length === 80)
      expect(reader?.notes.filter((n) => n < 100)).toEqual(numbers(40))
      expect(reader?.notes.filter((n) => n >= 100)).toEqual(numbers(40).map((n) => n + 100))
    },
  },
  {
    name: 'a push to a room reaches its members at every server, and no other session',
    run: async (world) => {
      const { nodes, peers } = await onePeerPerServer(world, 3)
      const outside = await nodes[1]?.connect()
      for (const { session } of peers) await session.join('room')
      nodes[0]?.server.to('room').push('note', { n: 1 })
      await eventually(() => peers.every(({ notes }) => notes.length > 0))
      await quiet()
      expect(peers.map(({ notes }) => notes)).toEqual([[1], [1], [1]])
      expect(outside?.notes).toEqual([])
    },
  },
  {
    name: 'a server without members of its own reaches the room',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      await peer.session.join('room')
      one.server.to('room').push('note', { n: 1 })
      await eventually(() => peer.notes.length === 1)
    },
  },
  {
    name: 'a member that joined twice gets a push once',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      await peer.session.join('room')
      await peer.session.join('room')
      one.server.to('room').push('note', { n: 1 })
      await eventually(() => peer.notes.length > 0)
      await quiet()
      expect(peer.notes).toEqual([1])
    },
  },
  {
    name: 'a member that left gets nothing more; leaving a room it is not in harms nothing',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const [gone, stays] = [await other.connect(), await other.connect()]
      for (const { session } of [gone, stays]) await session.join('room')
      gone.session.leave('room')
      gone.session.leave('never')
      one.server.to('room').push('note', { n: 1 })
      await eventually(() => stays.notes.length === 1)
      expect(gone.notes).toEqual([])
    },
  },
  {
    name: 'the last member that left and came back at once misses nothing made after that',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      for (let n = 0; n < 10; n++) {
        await peer.session.join('room')
        one.server.to('room').push('note', { n })
        await eventually(() => peer.notes.length === n + 1)
        peer.session.leave('room')
      }
      expect(peer.notes).toEqual(numbers(10))
    },
  },
  {
    name: 'a session that has ended gets nothing, and the others of its room go on',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const [gone, stays] = [await other.connect(), await other.connect()]
      for (const { session } of [gone, stays]) await session.join('room')
      gone.session.close()
      one.server.to('room').push('note', { n: 1 })
      await eventually(() => stays.notes.length === 1)
      expect(gone.notes).toEqual([])
    },
  },
  {
    name: 'a push to all but one leaves out a session at the same server',
    run: async (world) => {
      const { nodes, peers } = await membersOf(world, 2)
      nodes[0]?.server
        .to('room')
        .except(peers[0]?.sid ?? '')
        .push('note', { n: 1 })
      await eventually(() => peers[1]?.notes.length === 1)
      await quiet()
      expect(peers[0]?.notes).toEqual([])
    },
  },
  {
    name: 'a push to all but one leaves out a session at another server',
    run: async (world) => {
      const { nodes, peers } = await membersOf(world, 2)
      const third = await nodes[1]?.connect()
      await third?.session.join('room')
      nodes[0]?.server
        .to('room')
        .except(peers[1]?.sid ?? '')
        .push('note', { n: 1 })
      await eventually(() => peers[0]?.notes.length === 1 && third?.notes.length === 1)
      await quiet()
      expect(peers[1]?.notes).toEqual([])
    },
  },
  {
    name: 'a push made right after an awaited join arrives',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      for (let n = 0; n < 20; n++) {
        await peer.session.join(`room ${n}`)
        one.server.to(`room ${n}`).push('note', { n })
      }
      await eventually(() => peer.notes.length === 20)
      expect([...peer.notes].sort((a, b) => a - b)).toEqual(numbers(20))
    },
  },
  {
    name: 'rooms of any name are rooms of their own',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      const rooms = [
        '',
        ' ',
        'a b',
        'a:b',
        '{a}',
        '{',
        '*',
        'é😀',
        'line\nbreak',
        '__proto__',
        'constructor',
        'x'.repeat(1_000),
      ]
      for (const room of rooms) await peer.session.join(room)
      rooms.forEach((room, n) => {
        one.server.to(room).push('note', { n })
      })
      for (const room of ['a', 'a*', 'proto', '}']) one.server.to(room).push('note', { n: 99 })
      await eventually(() => peer.notes.length === rooms.length)
      await quiet()
      expect([...peer.notes].sort((a, b) => a - b)).toEqual(numbers(rooms.length))
    },
  },
  {
    name: 'a thousand rooms joined in one turn are all received',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      await Promise.all(numbers(1_000).map((n) => peer.session.join(`many ${n}`)))
      for (let n = 0; n < 1_000; n++) one.server.to(`many ${n}`).push('note', { n })
      await eventually(() => peer.notes.length === 1_000)
      expect([...peer.notes].sort((a, b) => a - b)).toEqual(numbers(1_000))
    },
  },
]
