import { createServer, type Server, type ServerOptions } from '@wsrv/server'
import { uwsAdapter } from '@wsrv/server/uws'
import { silentLogger, until } from '@wsrv/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { loadUws, type Uws } from './load-uws.ts'
import { connect, refusal } from './raw-peer.ts'
import { type TestApi, testContract } from './test-contract.ts'

const uws = loadUws()
if ('missing' in uws) it.skip(`a server in an app of uWebSockets: ${uws.missing}`)
else describe('a server in an app of uWebSockets', () => describeServer(uws))

function describeServer({ App, us_listen_socket_close, us_socket_local_port }: Uws): void {
  const serve = async (options: ServerOptions<TestApi> = {}): Promise<{ server: Server<TestApi>; url: string }> => {
    const app = App()
    const server = createServer<TestApi>(testContract, { logger: silentLogger, ...options })
    server.attach(uwsAdapter(app), { path: '/ws' })
    const socket = await new Promise((resolve) => app.listen('127.0.0.1', 0, resolve))
    onTestFinished(async () => {
      await server.close({ drainMs: 0 })
      us_listen_socket_close(socket)
    })
    return { server, url: `ws://127.0.0.1:${us_socket_local_port(socket)}/ws` }
  }

  it('serves requests and pushes in order, and closes with 1012', async () => {
    const { server, url } = await serve()
    server.handle('anything', (c) => {
      c.push('news', { text: c.session.remoteAddress })
      server.broadcast('news', { text: 'é' })
      return c.request.url ?? ''
    })
    const peer = await connect(`${url}?a=1`)
    peer.send('{"cmd":"anything","seqno":"a"}')
    const data = [await peer.text(), await peer.text(), await peer.text()].map((text) => JSON.parse(text).data)
    expect(data).toEqual([{ text: '127.0.0.1' }, { text: 'é' }, '/ws?a=1'])
    await server.close()
    expect(await peer.closed()).toEqual({ code: 1012, reason: 'the server is shutting down' })
    expect(await refusal(url)).toBe(503)
  })

  it('decides later about who may connect, and by origin', async () => {
    const { url } = await serve({
      authorizeUpgrade: async ({ headers }) =>
        headers.cookie === 'sid=1' || { status: 401, headers: { 'X-Why': 'no' } },
    })
    await connect(url, { headers: { cookie: 'sid=1' } })
    expect(await refusal(url)).toBe(401)
    expect(await refusal(url, { origin: 'https://evil.example' })).toBe(403)
  })

  it('drops a peer that pings and does not read its pongs', async () => {
    const { server, url } = await serve()
    const ends: number[] = []
    server.onDisconnect((_session, { code }) => ends.push(code))
    const peer = await connect(url)
    peer.socket.pause()
    peer.socket.on('error', () => undefined)
    let sentBytes = 0
    for (; sentBytes < 64 * 2 ** 20 && ends.length === 0; sentBytes += 500 * 125) {
      for (let n = 0; n < 500; n += 1) peer.socket.ping('x'.repeat(125), true, () => undefined)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await until(() => ends.length > 0)
    expect(ends).toEqual([1006])
  })

  it('bounds connections, and what waits for a reader that does not read', async () => {
    const { server, url } = await serve({ limits: { maxConnectionsPerAddress: 1, maxBufferedBytes: 1_000_000 } })
    const ends: number[] = []
    server.onDisconnect((_session, { code }) => ends.push(code))
    const peer = await connect(url)
    expect(await refusal(url)).toBe(503)
    peer.socket.pause()
    for (let sent = 0; sent < 50 && ends.length === 0; sent += 1) {
      server.broadcast('news', { text: 'x'.repeat(1_000_000) })
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(ends).toEqual([4429])
    peer.socket.resume()
    expect((await peer.closed()).code).toBe(4429)
    await until(() => server.sessions.size === 0)
    await connect(url)
  })

  it('answers a session over its rate a while, then closes it; one that heeds the delay stays', async () => {
    const { server, url } = await serve({ limits: { maxRequestsPerSecond: 1 } })
    const ends: number[] = []
    server.onDisconnect((_session, { code }) => ends.push(code))
    const [honest, flooding] = [await connect(url), await connect(url)]
    for (let n = 0; n < 1_000; n += 1) honest.send('{"cmd":"anything","seqno":"a"}')
    for (let n = 0; n < 1_000; n += 1) expect(await honest.text()).toContain('"seqno":"a"')
    let answers = 0
    flooding.socket.on('message', () => {
      answers += 1
    })
    flooding.socket.on('error', () => undefined)
    for (let n = 0; n < 20_000; n += 1) flooding.send('{"cmd":"anything","seqno":"a"}')
    expect((await flooding.closed()).code).toBe(4429)
    expect(answers).toBeLessThan(2_100)
    await until(() => ends.length > 0)
    expect([ends, honest.socket.readyState]).toEqual([[4429], honest.socket.OPEN])
  })

  it('drops a session from within the listener that is told of it', async () => {
    const { server, url } = await serve()
    server.onConnect((session) => session.close(4_001, 'full'))
    expect(await (await connect(url)).closed()).toEqual({ code: 4001, reason: 'full' })
    await server.close()
  })
}
