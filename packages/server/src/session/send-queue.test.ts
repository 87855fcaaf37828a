import { PAUSE_BYTES } from '@wsrv/protocol'
import { describe, expect, it } from 'vitest'
import type { OutgoingMessage } from '../connection/outgoing-message.ts'
import type { ServerConnection } from '../connection/transport.ts'
import { type Recipient, SendQueue } from './send-queue.ts'

const message = (payload: string): OutgoingMessage => ({
  payload,
  isBinary: false,
  isShared: false,
  frame: undefined,
  kind: 'push',
  label: 'tick',
  holders: 0,
})
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A connection whose peer reads nothing until told: what is sent stays in its socket. */
class Socket {
  readonly writes: string[][] = []
  bufferedBytes = 0
  isStalled = false
  isPaused = false

  send(messages: readonly OutgoingMessage[], from = 0, to = messages.length): void {
    const payloads = messages.slice(from, to).map(({ payload }) => String(payload))
    this.writes.push(payloads)
    if (this.isStalled) for (const { length } of payloads) this.bufferedBytes += length
  }

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
  }
}

function start(maxBufferedBytes = 8 * PAUSE_BYTES) {
  const recipient = (): Recipient & { readonly socket: Socket } => {
    const socket = new Socket()
    return {
      sid: 's1',
      link: { connection: socket as unknown as ServerConnection },
      socket,
      brake: undefined,
      waiting: [],
      waitingSize: 0,
      resumable: undefined,
    }
  }
  const overflowed: unknown[] = []
  const queue = new SendQueue<Recipient>({
    maxBufferedBytes,
    overflowed: (one) => overflowed.push(one),
    kept: () => {},
    gapMessage: () => message('gap'),
    relief: undefined,
  })
  return { queue, overflowed, one: recipient(), other: recipient() }
}

describe('a send queue', () => {
  it('sends what one loop turn has for a recipient in one write, in order', async () => {
    const { queue, one, other } = start()
    queue.add(one, message('a'))
    queue.add(other, message('x'))
    await Promise.resolve()
    queue.add(one, message('b'))
    expect(one.socket.writes).toEqual([])
    await turn()
    queue.add(one, message('c'))
    await turn()
    expect(one.socket.writes).toEqual([['a', 'b'], ['c']])
    expect(other.socket.writes).toEqual([['x']])
  })

  it('sends at once what is flushed, and nothing twice', async () => {
    const { queue, one } = start()
    queue.add(one, message('a'))
    queue.flush(one)
    queue.flush(one)
    queue.add(one, message('b'))
    await turn()
    expect(one.socket.writes).toEqual([['a'], ['b']])
  })

  it('sends much before the turn ends, in order', async () => {
    const { queue, one } = start()
    const kilobytes = 'x'.repeat(6_000)
    for (const first of ['a', 'b', 'c', 'd']) queue.add(one, message(first + kilobytes))
    expect(one.socket.writes).toEqual([[`a${kilobytes}`, `b${kilobytes}`, `c${kilobytes}`]])
    await turn()
    expect(one.socket.writes[1]).toEqual([`d${kilobytes}`])
  })
})

describe('a recipient that does not read', () => {
  const TEN = 'x'.repeat(10_000)

  function stall(count: number, maxBufferedBytes?: number) {
    const test = start(maxBufferedBytes)
    test.one.socket.isStalled = true
    for (let sent = 0; sent < count; sent += 1) test.queue.add(test.one, message(`${sent}${TEN}`))
    test.queue.flush(test.one)
    return test
  }

  /** The peer reads what the socket holds. */
  function read({ queue, one }: ReturnType<typeof start>): void {
    one.socket.bufferedBytes = 0
    queue.drained(one)
  }

  it('has no more in its socket than the bound and one message; the rest waits and is counted', () => {
    const { one, overflowed } = stall(30)
    expect(one.socket.bufferedBytes).toBeGreaterThanOrEqual(PAUSE_BYTES)
    expect(one.socket.bufferedBytes).toBeLessThan(PAUSE_BYTES + 2 * TEN.length)
    expect(one.waiting.length + one.socket.writes.flat().length).toBe(30)
    expect(one.waitingSize).toBe(one.waiting.reduce((sum, { payload }) => sum + payload.length, 0))
    expect(overflowed).toEqual([])
  })

  it('is not read either, until everything that waited has left', () => {
    const test = stall(30)
    expect(test.one.socket.isPaused).toBe(true)
    for (let drains = 0; test.one.waiting.length > 0; drains += 1) {
      read(test)
      expect(drains).toBeLessThan(10)
    }
    read(test)
    expect(test.one.socket.isPaused).toBe(false)
    expect(test.one.socket.writes.flat().map((text) => Number.parseInt(text, 10))).toEqual([...Array(30).keys()])
  })

  it('is reported when more waits, in queue and socket together, than may', () => {
    expect(stall(20, 220_000).overflowed).toHaveLength(0)
    expect(stall(23, 220_000).overflowed.length).toBeGreaterThan(0)
  })

  it('may be sent one message of any size', () => {
    const { one, overflowed } = stall(0)
    expect(overflowed).toEqual([])
    const large = start(1_000)
    large.one.socket.isStalled = true
    large.queue.add(large.one, message('x'.repeat(1_000_000)))
    expect([large.one.socket.writes.length, large.overflowed]).toEqual([1, []])
    large.queue.add(large.one, message('y'.repeat(1_000)))
    expect(large.overflowed).toEqual([large.one])
    expect(one.waiting).toEqual([])
  })

  it('gets everything that waits when it is finished, and nothing when it is cleared', () => {
    const { queue, one } = stall(30)
    queue.finish(one)
    expect(one.socket.writes.flat()).toHaveLength(30)
    const cleared = stall(30)
    cleared.queue.clear(cleared.one)
    cleared.queue.finish(cleared.one)
    expect(cleared.one.socket.writes.flat().length).toBeLessThan(30)
  })
})
