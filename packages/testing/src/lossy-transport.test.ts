import { describe, expect, it } from 'vitest'
import { FakeClock } from './fake-clock.ts'
import { LossyTransport } from './lossy-transport.ts'
import { MemoryTransport } from './memory-transport.ts'
import { createSeededRandom } from './seeded-random.ts'

async function open(seed = 1) {
  const clock = new FakeClock()
  const memory = new MemoryTransport()
  const lossy = new LossyTransport(memory, { clock, random: createSeededRandom(seed) })
  const log: unknown[] = []
  const connection = lossy.connect('memory:', {
    opened: () => log.push('opened'),
    received: (payload) => log.push(payload),
    closed: ({ code }) => log.push(code),
  })
  await clock.advance(0)
  return { clock, lossy, log, connection, peer: memory.peer, rules: lossy.rules }
}

describe('a lossy transport', () => {
  it('passes everything on when nothing is wrong', async () => {
    const { clock, log, connection, peer } = await open()
    connection.send('out')
    peer.send('in')
    peer.close(4000)
    await clock.advance(0)
    expect([log, peer.take()]).toEqual([['opened', 'in', 4000], ['out']])
  })

  it('delays frames and keeps their order, the close included', async () => {
    const { clock, log, peer, rules } = await open()
    Object.assign(rules, { minDelayMs: 10, maxDelayMs: 50 })
    for (const frame of ['1', '2', '3', '4']) peer.send(frame)
    peer.close(4000)
    await clock.advance(9)
    expect(log).toEqual(['opened'])
    await clock.advance(50)
    expect(log).toEqual(['opened', '1', '2', '3', '4', 4000])
    expect(clock.pendingTimers).toBe(0)
  })

  it('drops, duplicates and reorders by its seed', async () => {
    const play = async (seed: number) => {
      const { clock, log, peer, rules } = await open(seed)
      Object.assign(rules, { maxDelayMs: 50, dropRate: 0.3, duplicateRate: 0.3, reorderRate: 0.5 })
      for (let frame = 0; frame < 20; frame++) peer.send(String(frame))
      await clock.advance(100)
      return log.slice(1) as string[]
    }
    const frames = await play(7)
    expect(await play(7)).toEqual(frames)
    expect(await play(8)).not.toEqual(frames)
    expect(new Set(frames).size).toBeLessThan(20)
    expect(frames.length).toBeGreaterThan(new Set(frames).size)
    expect(frames).not.toEqual([...frames].sort((one, other) => Number(one) - Number(other)))
  })

  it.each([
    [true, ['1', '2']],
    [false, ['1']],
  ])('cuts at an exact frame that arrives: %s', async (arrives, frames) => {
    const { clock, log, connection, peer, rules } = await open()
    rules.cutAt = { direction: 'out', frame: 2, arrives }
    for (const frame of ['1', '2', '3']) connection.send(frame)
    await clock.advance(0)
    expect([log, peer.take(), peer.state]).toEqual([['opened', 1006], frames, 'closed'])
  })

  it('goes half-open: nothing passes and nobody is told', async () => {
    const { clock, lossy, log, connection, peer } = await open()
    lossy.halfOpen()
    expect(connection.send('out')).toBe(true)
    peer.send('in')
    peer.close(4000)
    await clock.advance(60_000)
    expect([log, peer.take()]).toEqual([['opened'], []])
    connection.terminate()
    expect(log).toEqual(['opened', 1006])
  })

  it('cuts the current connections, frames on their way included', async () => {
    const { clock, lossy, log, peer, rules } = await open()
    Object.assign(rules, { minDelayMs: 10, maxDelayMs: 10 })
    peer.send('1')
    await clock.advance(0)
    lossy.cut()
    await clock.advance(60_000)
    expect(log).toEqual(['opened', 1006])
    expect(clock.pendingTimers).toBe(0)
  })
})
