import type { Contract } from '@wsrv/schema'
import { createServer, type PushesDropped, type Server } from '@wsrv/server'
import { FakeClock, silentLogger, until } from '@wsrv/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { LiveSession } from '../src/session/live-session.ts'
import { connect, type RawPeer } from './raw-peer.ts'

interface TickerApi {
  commands: Record<string, never>
  pushes: {
    price: { symbol: string; at: number; filler: string }
    tick: { at: number; filler: string }
    note: { at: number; filler: string }
  }
  session: Record<string, never>
}

const data = { type: 'object', required: ['at', 'filler'], properties: { at: {}, filler: {}, symbol: {} } }
const contract: Contract = {
  commands: [],
  pushes: [
    { cmd: 'note', data },
    { cmd: 'price', data, whenSlow: 'latest', coalesceBy: 'symbol' },
    { cmd: 'tick', data, whenSlow: 'drop_oldest' },
  ],
  types: {},
}
const filler = 'x'.repeat(20_000)
const MIB = 2 ** 20

interface Ticker {
  readonly server: Server<TickerApi>
  readonly peer: RawPeer
  readonly session: LiveSession
  readonly dropped: PushesDropped[]
}

/** A server of pushes that may give way, and one peer that reads nothing. */
async function stall({ asksForSession }: { readonly asksForSession: boolean }): Promise<Ticker> {
  const dropped: PushesDropped[] = []
  const observer = { pushesDropped: (event: PushesDropped) => void dropped.push(event) }
  const server = createServer<TickerApi>(contract, { clock: new FakeClock(), logger: silentLogger, observer })
  const { url } = await server.listen(0, { host: '127.0.0.1', path: '/ws' })
  onTestFinished(() => server.close({ drainMs: 0 }))
  const peer = await connect(url)
  if (asksForSession) {
    peer.send('{"cmd":"$hello","seqno":"h","data":{"client":"test/1","session":{"holder":"h"}}}')
    expect(await peer.text()).toContain('"token"')
  }
  const [session] = server.sessions.values()
  peer.socket.pause()
  return { server, peer, session: session as LiveSession, dropped }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const symbols = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']

/** Hundred megabytes of prices; returns how many pushes. */
async function flood(server: Server<TickerApi>): Promise<number> {
  const count = 5_000
  for (let at = 1; at <= count; at += 1) {
    server.broadcast('price', { symbol: symbols[at % symbols.length] as string, at, filler })
    if (at % 50 === 0) await turn()
  }
  return count
}

interface Received {
  readonly cmd: string
  readonly data: { readonly symbol?: string; readonly at?: number; readonly n?: number; readonly pushes?: object }
}

function readUntil(peer: RawPeer, isLast: (message: Received) => boolean): Promise<readonly Received[]> {
  const messages: Received[] = []
  return new Promise((resolve) => {
    peer.socket.on('message', (bytes: Buffer) => {
      const message = JSON.parse(bytes.toString()) as Received
      messages.push(message)
      if (isLast(message)) resolve(messages)
    })
    peer.socket.resume()
  })
}

describe('a reader that is too slow for pushes that may give way', () => {
  it('keeps its connection through 100 MB of them, and then gets the newest of each key and a gap that adds up', async () => {
    const { server, peer, session, dropped } = await stall({ asksForSession: true })
    const before = process.memoryUsage().rss
    const count = await flood(server)
    expect(process.memoryUsage().rss - before).toBeLessThan(80 * MIB)
    expect(session.isConnected).toBe(true)
    session.push('note', { at: 0, filler: 'the end' })
    const messages = await readUntil(peer, ({ cmd }) => cmd === 'note')
    const newest = new Map(messages.filter(({ cmd }) => cmd === 'price').map((one) => [one.data.symbol, one.data.at]))
    expect([...newest.values()].sort()).toEqual(symbols.map((_, index) => count - index).sort())
    const gaps = messages.filter(({ cmd }) => cmd === '$gap')
    const missing = gaps.reduce((sum, { data: { n = 0 } }) => sum + n, 0)
    expect(messages.length - gaps.length - 1 + missing).toBe(count)
    expect(gaps[0]?.data).toMatchObject({ pushes: { price: gaps[0]?.data.n }, why: 'slow' })
    expect(dropped.reduce((sum, { pushes }) => sum + pushes, 0)).toBe(missing)
  })

  it('is served the same way without a session, where only the observer learns of it', async () => {
    const { server, peer, session, dropped } = await stall({ asksForSession: false })
    const count = await flood(server)
    expect(session.isOpen).toBe(true)
    session.push('note', { at: 0, filler: 'the end' })
    const messages = await readUntil(peer, ({ cmd }) => cmd === 'note')
    expect(messages.slice(-9, -1).map((one) => one.data.at)).toEqual(symbols.map((_, index) => count - 7 + index))
    expect(messages.length - 1 + dropped.reduce((sum, { pushes }) => sum + pushes, 0)).toBe(count)
  })

  it('loses the oldest of those that say so, and still gets them in order', async () => {
    const { server, peer, session } = await stall({ asksForSession: false })
    for (let at = 1; at <= 2_000; at += 1) {
      server.broadcast('tick', { at, filler })
      if (at % 50 === 0) await turn()
    }
    expect(session.waitingSize).toBeLessThan(5 * MIB)
    session.push('note', { at: 0, filler: 'the end' })
    const messages = await readUntil(peer, ({ cmd }) => cmd === 'note')
    const at = messages.slice(0, -1).map((one) => one.data.at ?? 0)
    expect(at).toEqual([...at].sort((one, other) => one - other))
    expect(at.at(-1)).toBe(2_000)
    expect(at.length).toBeLessThan(2_000)
  })

  it('is closed with 4429 by pushes that have to wait', async () => {
    const { server, session } = await stall({ asksForSession: false })
    for (let at = 1; at <= 2_000 && session.isOpen; at += 1) {
      server.broadcast('note', { at, filler })
      if (at % 50 === 0) await turn()
    }
    await until(() => !session.isOpen)
  })
})
