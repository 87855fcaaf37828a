import { jsonCodec } from '@wsrv/protocol'
import type { PushContract } from '@wsrv/schema'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPush, type OutgoingMessage } from '../connection/outgoing-message.ts'
import { consoleLogger } from '../observer/logger.ts'
import type { PushesDropped } from '../observer/observer.ts'
import { Reporter } from '../observer/reporter.ts'
import { createRelief, type Relief } from './relief.ts'

const PUSHES: readonly PushContract[] = [
  { cmd: 'price', data: {}, whenSlow: 'latest', coalesceBy: 'symbol' },
  { cmd: 'status', data: {}, whenSlow: 'latest' },
  { cmd: 'tick', data: {}, whenSlow: 'drop_oldest' },
  { cmd: 'news', data: {} },
]

function start(maxBufferedBytes = 4_000): { readonly relief: Relief; readonly dropped: PushesDropped[] } {
  const dropped: PushesDropped[] = []
  const clock = { now: () => 0 } as never
  const reporter = new Reporter(consoleLogger, [{ pushesDropped: (event) => dropped.push(event) }], clock)
  const options = { codec: jsonCodec, maxBufferedBytes, reporter }
  const relief = createRelief({ commands: [], pushes: PUSHES, types: {} }, options)
  return { relief: relief as Relief, dropped }
}

function push(cmd: string, data: object = {}): OutgoingMessage {
  const facts = { cmd, isBinary: false, isShared: true }
  return createPush(jsonCodec.encode({ cmd, seqno: 'abcdefgh', status: 0, msg: 'ok', data }), facts)
}

const reader = { sid: 's1' }

describe('relief of a slow reader', () => {
  it('is not there where every push waits', () => {
    const options = { codec: jsonCodec, maxBufferedBytes: 1, reporter: undefined as never }
    expect(createRelief({ commands: [], pushes: [{ cmd: 'news', data: {} }], types: {} }, options)).toBeUndefined()
  })

  it('keeps the newest of each value, says what gave way, and leaves the rest alone', () => {
    const { relief, dropped } = start()
    const waiting = [
      push('price', { symbol: 'A', at: 1 }),
      push('news'),
      push('status', { at: 1 }),
      push('price', { symbol: 'B', at: 1 }),
      push('price', { symbol: 'A', at: 2 }),
      push('status', { at: 2 }),
      push('price', { symbol: 'A', at: 3 }),
    ]
    const picked = relief.pick(reader, waiting)
    expect([...picked].map((message) => waiting.indexOf(message)).sort()).toEqual([0, 2, 4])
    expect(dropped).toEqual([
      { sid: 's1', cmd: 'price', pushes: 2 },
      { sid: 's1', cmd: 'status', pushes: 1 },
    ])
  })

  it('lets the oldest go only when half of what may wait does, and then to a quarter', () => {
    const { relief } = start()
    const one = push('tick', { text: 'x'.repeat(50) })
    const size = one.payload.length
    const few = Array.from({ length: Math.floor(2_000 / size) }, () => push('tick', { text: 'x'.repeat(50) }))
    expect(relief.pick(reader, few).size).toBe(0)
    const many = [...few, ...few.map(() => push('tick', { text: 'x'.repeat(50) })), push('news')]
    const picked = relief.pick(reader, many)
    const left = many.filter((message) => !picked.has(message))
    expect(left).toEqual(many.slice(picked.size))
    expect(left.reduce((sum, { payload }) => sum + payload.length, 0)).toBeLessThanOrEqual(1_000)
  })

  it('agrees with a model on any queue', () => {
    const message = fc
      .record({ cmd: fc.constantFrom('price', 'status', 'tick', 'news'), symbol: fc.constantFrom('A', 'B', 1, null) })
      .map(({ cmd, symbol }) => push(cmd, { symbol }))
    fc.assert(
      fc.property(fc.array(message, { maxLength: 80 }), (waiting) => {
        const { relief, dropped } = start(100_000)
        const picked = relief.pick(reader, waiting)
        const newest = new Map<string, OutgoingMessage>()
        for (const one of waiting) {
          const { symbol } = (JSON.parse(String(one.payload)) as { data: { symbol: unknown } }).data
          if (one.label === 'price') newest.set(`price ${JSON.stringify(symbol)}`, one)
          if (one.label === 'status') newest.set('status', one)
        }
        const kept = new Set(newest.values())
        for (const one of waiting) expect(picked.has(one)).toBe(/price|status/.test(one.label) && !kept.has(one))
        expect(dropped.reduce((sum, { pushes }) => sum + pushes, 0)).toBe(picked.size)
      }),
      { numRuns: 200 },
    )
  })

  it('is looked for again only when twice as much waits, so that looking stays cheap', () => {
    const { relief } = start(8 * 2 ** 20)
    expect(relief.isDue(reader, 65_536)).toBe(false)
    expect(relief.isDue(reader, 65_537)).toBe(true)
    relief.pick(reader, [push('news', { text: 'x'.repeat(100_000) })])
    expect(relief.isDue(reader, 200_000)).toBe(false)
    expect(relief.isDue(reader, 201_000)).toBe(true)
    relief.forget(reader)
    expect(relief.isDue(reader, 70_000)).toBe(true)
  })
})
