import { expect } from 'vitest'
import { type BrokerScenario, eventually, numbers, quiet, twoServers } from './scenario.ts'

/** What one server may ask of the sessions of another. */
export const SESSION_SCENARIOS: readonly BrokerScenario[] = [
  {
    name: 'a session is found at another server, and at its own',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      expect(await one.server.session(peer.sid).exists()).toBe(true)
      expect(await other.server.session(peer.sid).exists()).toBe(true)
    },
  },
  {
    name: 'a session can be reached from elsewhere as soon as its $hello is answered',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      for (let n = 0; n < 5; n++) {
        const peer = await other.greet()
        one.server.push(peer.sid, 'note', { n })
        await eventually(() => peer.notes.length === 1)
      }
    },
  },
  {
    name: 'a session that is nowhere is said to be nowhere',
    run: async (world) => {
      const { one } = await twoServers(world)
      expect(await one.server.session('nowhere').exists()).toBe(false)
      expect(await one.server.session('nowhere').close()).toBe(false)
      expect(await one.server.session('nowhere').join('room')).toBe(false)
    },
  },
  {
    name: 'a session that has ended is nowhere',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      peer.session.close()
      expect(await one.server.session(peer.sid).exists()).toBe(false)
    },
  },
  {
    name: 'a session is closed from another server with its code and reason, and no other',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const [peer, neighbour] = [await other.connect(), await other.connect()]
      expect(await one.server.session(peer.sid).close(4_000, 'because')).toBe(true)
      await eventually(() => peer.closed !== undefined)
      expect(peer.closed).toEqual({ code: 4_000, reason: 'because' })
      expect(neighbour.closed).toBeUndefined()
    },
  },
  {
    name: 'what was pushed to a session before it is closed from elsewhere still arrives',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      for (let n = 0; n < 20; n++) one.server.push(peer.sid, 'note', { n })
      expect(await one.server.session(peer.sid).close()).toBe(true)
      await eventually(() => peer.closed !== undefined)
      expect(peer.notes).toEqual(numbers(20))
    },
  },
  {
    name: 'a code that no WebSocket can send is refused where it is asked for',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      expect(() => one.server.session(peer.sid).close(17)).toThrow(RangeError)
      expect(await one.server.session(peer.sid).exists()).toBe(true)
    },
  },
  {
    name: 'a session joins a room from another server, and gets its pushes from then on',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      expect(await one.server.session(peer.sid).join('room')).toBe(true)
      expect([...peer.session.rooms]).toEqual(['room'])
      one.server.to('room').push('note', { n: 1 })
      await eventually(() => peer.notes.length === 1)
    },
  },
  {
    name: 'a session joins from elsewhere twice and is in once',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      await one.server.session(peer.sid).join('room')
      await one.server.session(peer.sid).join('room')
      one.server.to('room').push('note', { n: 1 })
      await eventually(() => peer.notes.length > 0)
      await quiet()
      expect(peer.notes).toEqual([1])
    },
  },
  {
    name: 'a session leaves a room from another server; leaving a room it is not in is done, too',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      await peer.session.join('room')
      expect(await one.server.session(peer.sid).leave('room')).toBe(true)
      expect(await one.server.session(peer.sid).leave('never')).toBe(true)
      expect(peer.session.rooms.size).toBe(0)
    },
  },
  {
    name: 'a session that is in as many rooms as it may does not join another from elsewhere, and goes on',
    run: async (world) => {
      const one = await world.add()
      const other = await world.add({ maxRooms: 1 })
      const peer = await other.connect()
      await peer.session.join('first')
      expect(await one.server.session(peer.sid).join('second')).toBe(false)
      expect([...peer.session.rooms]).toEqual(['first'])
    },
  },
  {
    name: 'sessions of the same server are reached without the others',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await one.connect()
      await other.close()
      expect(await one.server.session(peer.sid).join('room')).toBe(true)
      one.server.session(peer.sid).push('note', { n: 1 })
      await eventually(() => peer.notes.length === 1)
      expect(await one.server.session(peer.sid).close()).toBe(true)
      await eventually(() => peer.closed !== undefined)
    },
  },
  {
    name: 'a session is pushed to wherever it is',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      one.server.session(peer.sid).push('note', { n: 1 })
      await eventually(() => peer.notes.length === 1)
    },
  },
  {
    name: 'a push with data that fails its schema is refused where it is made, and nothing arrives',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      expect(() => one.server.session(peer.sid).push('note', { n: 'x' } as never)).toThrow(TypeError)
      expect(() => one.server.broadcast('note', {} as never)).toThrow(TypeError)
      await quiet()
      expect(peer.notes).toEqual([])
    },
  },
  {
    name: 'a question to a server that leaves is answered all the same',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      const [answer] = await Promise.all([one.server.session(peer.sid).exists(), other.close()])
      expect(typeof answer).toBe('boolean')
      expect(await one.server.session(peer.sid).exists()).toBe(false)
    },
  },
  {
    name: 'a hundred questions at once are each answered',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      const peer = await other.connect()
      const asked = numbers(100).map((n) => one.server.session(n % 2 === 0 ? peer.sid : `nowhere ${n}`).exists())
      expect(await Promise.all(asked)).toEqual(numbers(100).map((n) => n % 2 === 0))
    },
  },
  {
    name: 'the sessions of a server are its own only',
    run: async (world) => {
      const { one, other } = await twoServers(world)
      await other.connect()
      expect([one.server.sessions.size, other.server.sessions.size]).toEqual([0, 1])
    },
  },
]
