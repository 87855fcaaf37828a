import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { until } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { AuthorizeUpgrade, UpgradeVerdict } from '../src/connection/upgrade-gate.ts'
import { connect, refusal } from './raw-peer.ts'
import { serve } from './test-server.ts'

/** An `authorizeUpgrade` whose verdicts are given by the test. */
function pending(): { readonly authorize: AuthorizeUpgrade; readonly verdicts: ((verdict: UpgradeVerdict) => void)[] } {
  const verdicts: ((verdict: UpgradeVerdict) => void)[] = []
  return { verdicts, authorize: () => new Promise((resolve) => verdicts.push(resolve)) }
}

describe('authorizeUpgrade', () => {
  it('decides by cookies, headers and url, at once or later', async () => {
    const { url } = await serve({
      authorizeUpgrade: async ({ headers, url }) => headers.cookie === 'sid=1' || url === '/ws?token=x',
    })
    await connect(url, { headers: { cookie: 'sid=1' } })
    await connect(`${url}?token=x`)
    expect(await refusal(url)).toBe(403)
    const other = await serve({ authorizeUpgrade: ({ headers }) => headers['x-key'] === 'k' })
    await connect(other.url, { headers: { 'x-key': 'k' } })
    expect(await refusal(other.url)).toBe(403)
  })

  it('may refuse with a status and headers of its own', async () => {
    const { url } = await serve({
      authorizeUpgrade: () => ({ status: 401, headers: { 'WWW-Authenticate': 'Bearer', 'Retry-After': '5' } }),
    })
    const socket = new WebSocket(url)
    const [, response] = await once(socket, 'unexpected-response')
    response.resume()
    expect([response.statusCode, response.statusMessage]).toEqual([401, 'Unauthorized'])
    expect(response.headers).toMatchObject({ 'www-authenticate': 'Bearer', 'retry-after': '5', connection: 'close' })
  })

  it('is asked after the origin was found good', async () => {
    let asked = 0
    const { url } = await serve({
      authorizeUpgrade: () => {
        asked += 1
        return true
      },
    })
    expect(await refusal(url, { origin: 'https://evil.example' })).toBe(403)
    expect(asked).toBe(0)
  })

  it.each<[string, () => unknown]>([
    ['throws', () => Promise.reject(new Error('db down'))],
    ['returns nothing', () => undefined],
    ['returns a truthy value', () => 1],
    ['returns a status of success', () => ({ status: 200 })],
    ['returns no status', () => ({ status: '401' })],
    ['returns a header with a line break', () => ({ status: 401, headers: { a: 'b\r\nc: d' } })],
  ])('that %s refuses with 500 and is reported', async (_, authorize) => {
    const { url, failures } = await serve({ authorizeUpgrade: authorize as AuthorizeUpgrade })
    expect(await refusal(url)).toBe(500)
    expect(failures).toMatchObject([{ kind: 'authorize_failed' }])
  })

  it('has ten seconds; what it says later does not count', async () => {
    const { authorize, verdicts } = pending()
    const { url, clock, server } = await serve({ authorizeUpgrade: authorize })
    const status = refusal(url)
    await until(() => verdicts.length === 1)
    await clock.advance(9_999)
    await clock.advance(1)
    expect(await status).toBe(503)
    verdicts[0]?.(true)
    await clock.advance(0)
    expect(server.sessions.size).toBe(0)
  })

  it('keeps what the client sends meanwhile', async () => {
    const { authorize, verdicts } = pending()
    const { url } = await serve({ authorizeUpgrade: authorize }, (server) => server.handle('anything', () => 'done'))
    const opening = connect(url)
    await until(() => verdicts.length === 1)
    verdicts[0]?.(true)
    const peer = await opening
    peer.send('{"cmd":"anything","seqno":"a"}')
    expect(await peer.text()).toContain('"data":"done"')
  })

  it.each(['resetAndDestroy', 'end', 'destroy'] as const)(
    'of a client that is gone (%s) harms nobody',
    async (leave) => {
      const { authorize, verdicts } = pending()
      const { url, server, failures, clock } = await serve({ authorizeUpgrade: authorize })
      const { hostname, port } = new URL(url)
      const socket = connectTcp(Number(port), hostname)
      socket.on('error', () => {})
      socket.resume()
      socket.write(
        'GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
      )
      await until(() => verdicts.length === 1)
      socket[leave]()
      await connectAnother(url, verdicts)
      verdicts[0]?.(true)
      await until(() => server.sessions.size <= 1)
      expect(failures).toEqual([])
      await clock.advance(0)
    },
  )

  it('holds up no shutdown: those who wait are refused with 503', async () => {
    const { authorize, verdicts } = pending()
    const { url, server } = await serve({ authorizeUpgrade: authorize })
    const status = refusal(url)
    await until(() => verdicts.length === 1)
    await server.close({ drainMs: 0 })
    expect(await status).toBe(503)
  })
})

/** Another upgrade goes its way: by then the server has heard of whatever came before it. */
async function connectAnother(url: string, verdicts: ((verdict: UpgradeVerdict) => void)[]): Promise<void> {
  const opening = connect(url)
  await until(() => verdicts.length === 2)
  verdicts[1]?.(true)
  await (await opening).settled()
}
