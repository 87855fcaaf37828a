import { until } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import type { LiveSession } from '../src/session/live-session.ts'
import { connect, type RawPeer } from './raw-peer.ts'
import { serve } from './test-server.ts'

const REQUESTS = 500
const text = 'x'.repeat(50_000)
const LONG = 'y'.repeat(10_000)

/** A server whose answers are large, and peers that ask much, read nothing, and say no more. */
async function stuff({ peerCount = 1, requests = REQUESTS, data = LONG }): Promise<{
  readonly peers: readonly RawPeer[]
  readonly served: () => number
  readonly test: Awaited<ReturnType<typeof serve>>
}> {
  let served = 0
  const test = await serve({}, (server) =>
    server.handle('anything', () => {
      served += 1
      return text
    }),
  )
  const peers = await Promise.all(Array.from({ length: peerCount }, () => connect(test.url)))
  for (const peer of peers) {
    peer.socket.pause()
    for (let request = 0; request < requests; request += 1) {
      peer.send(`{"cmd":"anything","seqno":"${request}","data":"${data}"}`)
    }
  }
  await turns(500)
  return { peers, served: () => served, test }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

describe('readers that do not read', () => {
  it('are not read either, so that what they ask for is not made', async () => {
    const { served, test } = await stuff({ peerCount: 20 })
    const atRest = served()
    await turns(500)
    expect(served()).toBe(atRest)
    expect(atRest).toBeLessThan((20 * REQUESTS) / 2)
    expect(test.server.sessions.size).toBe(20)
  })

  it('get everything in order once they read', async () => {
    const { peers, served } = await stuff({})
    const [peer] = peers
    peer?.socket.resume()
    for (let request = 0; request < REQUESTS; request += 1) {
      expect(await peer?.text()).toContain(`"seqno":"${request}"`)
    }
    expect(served()).toBe(REQUESTS)
  })

  it('disturb nobody else', async () => {
    const { test } = await stuff({ peerCount: 20 })
    const peer = await connect(test.url)
    peer.send('{"cmd":"anything","seqno":"a"}')
    expect(await peer.text()).toContain('"seqno":"a","status":0')
  })

  it('hold no more than their bound, however many large answers come at once', async () => {
    const MIB = 2 ** 20
    const release: (() => void)[] = []
    const ended: number[] = []
    const { server, url } = await serve({ observer: { requestEnded: ({ status }) => ended.push(status) } }, (fresh) =>
      fresh.handle('anything', async () => {
        await new Promise<void>((resolve) => release.push(resolve))
        return answer
      }),
    )
    const answer = 'x'.repeat(MIB)
    const closes: number[] = []
    server.onDisconnect((_session, { code }) => closes.push(code))
    const peer = await connect(url)
    const [session] = server.sessions.values()
    for (let request = 0; request < 256; request += 1) peer.send(`{"cmd":"anything","seqno":"${request}"}`)
    await until(() => release.length === 256)
    peer.socket.pause()
    for (const go of release) go()
    await until(() => closes.length > 0)
    expect(closes).toEqual([4429])
    expect((session as LiveSession).link.connection.bufferedBytes).toBeLessThan(10 * MIB)
    expect(ended).toHaveLength(256)
    expect(ended.filter((status) => status === 0).length).toBeLessThan(20)
    // Nothing is counted twice, nor left: no drain waits for its time to pass.
    await server.close()
  })

  it('live as long as they send something, and are dropped when they do not', async () => {
    const { peers, test } = await stuff({ peerCount: 2, requests: 120, data: '' })
    const ends: unknown[] = []
    test.server.onDisconnect((_session, { code }) => ends.push(code))
    for (let second = 0; second < 40; second += 1) {
      peers[0]?.send('')
      await turns(20)
      await test.clock.advance(1_000)
    }
    expect(ends).toEqual([4408])
  })
})
