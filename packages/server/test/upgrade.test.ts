import { once } from 'node:events'
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocketServer } from 'ws'
import { connect, refusal } from './raw-peer.ts'
import { serve } from './test-server.ts'

describe('the origin of an upgrade', () => {
  const upgrade = async (url: string, origin: string): Promise<number | undefined> =>
    refusal(url, { origin }).catch(() => undefined)

  it('must be the server’s own by default; a client without one is no browser', async () => {
    const { url } = await serve()
    const { host } = new URL(url)
    expect(await refusal(url, { origin: 'https://evil.example' })).toBe(403)
    expect(await refusal(url, { origin: 'null' })).toBe(403)
    await connect(url, { origin: `http://${host}` })
    await connect(url, { origin: `https://${host.toUpperCase()}` })
    await connect(url)
  })

  it('may be one of a list, or any', async () => {
    const listed = await serve({ allowedOrigins: ['https://app.example'] })
    await connect(listed.url, { origin: 'https://app.example' })
    expect(await upgrade(listed.url, 'https://app.example.evil')).toBe(403)
    expect(await upgrade(listed.url, `http://${new URL(listed.url).host}`)).toBe(403)
    const open = await serve({ allowedOrigins: '*' })
    await connect(open.url, { origin: 'https://evil.example' })
  })

  it('may be decided by a function; one that throws refuses and is reported', async () => {
    const { url, failures } = await serve({
      allowedOrigins: (origin, request) => {
        if (origin === undefined) throw new Error('no origin')
        return request.headers.cookie === 'a=1'
      },
    })
    await connect(url, { origin: 'https://x', headers: { cookie: 'a=1' } })
    expect(await refusal(url, { origin: 'https://x' })).toBe(403)
    expect(await refusal(url)).toBe(403)
    expect(failures).toMatchObject([{ kind: 'origin_check_threw' }])
  })
})

describe('attach', () => {
  const listen = async (prepare: (http: HttpServer) => void): Promise<{ http: HttpServer; base: string }> => {
    const http = createHttpServer((_request, response) => response.end('a page'))
    prepare(http)
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    onTestFinished(() => void http.close())
    return { http, base: `127.0.0.1:${(http.address() as AddressInfo).port}` }
  }

  it('leaves the HTTP server’s pages alone and refuses other paths with 404', async () => {
    const { server } = await serve()
    const { http, base } = await listen((fresh) => server.attach(fresh, { path: '/ws' }))
    expect(await (await fetch(`http://${base}/ws`)).text()).toBe('a page')
    await connect(`ws://${base}/ws?token=x`)
    expect(await refusal(`ws://${base}/other`)).toBe(404)
    expect(() => server.attach(http, { path: '/ws' })).toThrow('path "/ws" of this HTTP server is taken')
  })

  it('writes what one loop turn sends to a connection at once', async () => {
    const { server } = await serve({}, (fresh) =>
      fresh.handle('anything', async (c) => {
        for (const text of ['a', 'é', 'b']) c.push('news', { text })
        c.server.broadcast('news', { text: 'c' })
        return 'done'
      }),
    )
    const writes: unknown[] = []
    const { base } = await listen((http) => {
      server.attach(http)
      http.on('connection', (socket) => {
        const write = socket.write.bind(socket) as (data: unknown, ...rest: unknown[]) => boolean
        Object.assign(socket, {
          write: (data: unknown, ...rest: unknown[]) => writes.push(data) && write(data, ...rest),
        })
      })
    })
    const peer = await connect(`ws://${base}/`)
    writes.length = 0
    peer.send('{"cmd":"anything","seqno":"a"}')
    const texts = [await peer.text(), await peer.text(), await peer.text(), await peer.text(), await peer.text()]
    expect(texts.map((text) => JSON.parse(text).data.text)).toEqual(['a', 'é', 'b', 'c', undefined])
    expect(writes).toHaveLength(1)
  })

  it('lives beside other servers on one HTTP server, ours and foreign', async () => {
    const [one, other] = [await serve(), await serve()]
    const foreign = new WebSocketServer({ noServer: true })
    const { base } = await listen((http) => {
      one.server.attach(http, { path: '/one' })
      other.server.attach(http, { path: '/other' })
      http.on('upgrade', (request, socket, head) => {
        if (request.url === '/foreign') foreign.handleUpgrade(request, socket, head, (ws) => ws.send('hello'))
      })
    })
    await connect(`ws://${base}/one`)
    await connect(`ws://${base}/other`)
    expect([one.server.sessions.size, other.server.sessions.size]).toEqual([1, 1])
    expect(await (await connect(`ws://${base}/foreign`)).text()).toBe('hello')
  })

  it('gives its path back when the server closes', async () => {
    const { server } = await serve()
    const { http } = await listen((fresh) => server.attach(fresh))
    await server.close()
    expect(http.listenerCount('upgrade')).toBe(0)
    expect(() => server.attach(http)).toThrow('the server is closed')
  })
})

describe('listen', () => {
  it('says where, tells plain requests to upgrade, and rejects when the port is taken', async () => {
    const { server, url } = await serve()
    const { port } = new URL(url)
    expect((await fetch(url.replace('ws:', 'http:'))).status).toBe(426)
    await expect(server.listen(Number(port), { host: '127.0.0.1' })).rejects.toThrow('EADDRINUSE')
    const { host, url: everywhere } = await server.listen(0, { path: '/x' })
    expect(host === '::' || host === '0.0.0.0').toBe(true)
    await connect(everywhere)
  })
})
