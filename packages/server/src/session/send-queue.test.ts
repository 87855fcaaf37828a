import { describe, expect, it } from 'vitest'
import type { OutgoingMessage, ServerConnection } from '../connection/transport.ts'
import { SendQueue } from './send-queue.ts'

const message = (payload: string): OutgoingMessage => ({ payload, isBinary: false, isShared: false, frame: undefined })

function receiver(): {
  connection: ServerConnection
  waiting: OutgoingMessage[]
  waitingSize: number
  writes: unknown[][]
} {
  const writes: unknown[][] = []
  const connection = { send: (messages: OutgoingMessage[]) => writes.push(messages.map(({ payload }) => payload)) }
  return { connection: connection as unknown as ServerConnection, waiting: [], waitingSize: 0, writes }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a send queue', () => {
  it('sends what one loop turn has for a receiver in one write, in order', async () => {
    const [one, other] = [receiver(), receiver()]
    const sent: unknown[] = []
    const queue = new SendQueue<typeof one>((to) => sent.push(to))
    queue.post(one, message('a'))
    queue.post(other, message('x'))
    await Promise.resolve()
    queue.post(one, message('b'))
    expect(one.writes).toEqual([])
    await turn()
    queue.post(one, message('c'))
    await turn()
    expect(one.writes).toEqual([['a', 'b'], ['c']])
    expect(other.writes).toEqual([['x']])
    expect(sent).toEqual([one, other, one])
  })

  it('sends at once what is flushed, and nothing twice', async () => {
    const one = receiver()
    const queue = new SendQueue<typeof one>(() => undefined)
    queue.post(one, message('a'))
    queue.flush(one)
    queue.flush(one)
    queue.post(one, message('b'))
    await turn()
    expect(one.writes).toEqual([['a'], ['b']])
  })

  it('sends much before the turn ends, in order', async () => {
    const one = receiver()
    const queue = new SendQueue<typeof one>(() => undefined)
    const kilobytes = 'x'.repeat(6_000)
    for (const first of ['a', 'b', 'c', 'd']) queue.post(one, message(first + kilobytes))
    expect(one.writes).toEqual([[`a${kilobytes}`, `b${kilobytes}`, `c${kilobytes}`]])
    await turn()
    expect(one.writes).toHaveLength(2)
    expect(one.writes[1]).toEqual([`d${kilobytes}`])
  })
})
