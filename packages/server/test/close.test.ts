import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { connect, refusal } from './raw-peer.ts'
import { serve } from './test-server.ts'

describe('close', () => {
  it('refuses what is new, answers what is in flight, closes with 1012 and resolves when all is gone', async () => {
    let release: (() => void) | undefined
    const { server, url, clock } = await serve({}, (fresh) =>
      fresh.handle(
        'anything',
        () =>
          new Promise((resolve) => {
            release = () => resolve('done')
          }),
      ),
    )
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"a"}')
    await peer.settled()
    const closed = server.close({ drainMs: 5_000 })
    expect(server.close()).toBe(closed)
    peer.send('{"cmd":"anything","seqno":"b"}')
    expect(await peer.text()).toBe(
      '{"cmd":"anything","seqno":"b","status":503,"msg":"the server is shutting down","data":{"retryAfterMs":1000}}',
    )
    expect(await refusal(url)).toBe(503)
    await clock.advance(4_999)
    expect(server.sessions.size).toBe(1)
    release?.()
    expect(await peer.text()).toContain('"data":"done"')
    expect(await peer.closed()).toEqual({ code: 1012, reason: 'the server is shutting down' })
    await closed
    await expect(fetch(url.replace('ws:', 'http:'))).rejects.toThrow()
  })

  it('waits for what is in flight only so long', async () => {
    const reasons: unknown[] = []
    const { server, url, clock } = await serve({}, (fresh) =>
      fresh.handle(
        'anything',
        (c) => new Promise(() => c.signal.addEventListener('abort', () => reasons.push(c.signal.reason.code))),
      ),
    )
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"a"}')
    await peer.settled()
    const closed = server.close({ drainMs: 1_000 })
    await clock.advance(1_000)
    await closed
    expect((await peer.closed()).code).toBe(1012)
    expect(reasons).toEqual(['cancelled'])
  })

  it('tells everybody how long to stay away', async () => {
    const { server, url, clock } = await serve({}, (fresh) => fresh.handle('anything', () => new Promise(() => {})))
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"a"}')
    await peer.settled()
    const closed = server.close({ drainMs: 1_000, retryAfterMs: 4_500 })
    peer.send('{"cmd":"anything","seqno":"b"}')
    expect(JSON.parse(await peer.text())).toMatchObject({ status: 503, data: { retryAfterMs: 4_500 } })
    const [, response] = await once(new WebSocket(url), 'unexpected-response')
    response.resume()
    expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '5'])
    await clock.advance(1_000)
    expect(await peer.closed()).toEqual({ code: 1012, reason: 'retry after 4500 ms' })
    await closed
  })

  it('resolves for a server that never served, and refuses to begin then', async () => {
    const { server } = await serve()
    await server.close()
    await server.close({ drainMs: 0 })
    await expect(server.listen(0)).rejects.toThrow('the server is closed')
  })
})
