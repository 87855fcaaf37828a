import { createServer, type Server as HttpServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Adapter } from '@wsrv/server'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createQuickstartServer } from '../../examples/quickstart/server.ts'
import { buildPage } from '../../packages/playground/build-page.ts'

const closers: (() => unknown)[] = []
beforeAll(buildPage, 60_000)
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const close of closers.splice(0).reverse()) await close()
})

describe('the playground of a server', () => {
  it('is served under its path, and everything else is left to the application', async () => {
    const { url } = await start({ playground: '/play' })
    const page = await fetch(`${url}/play/`)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<div id="app">')
    expect(await (await fetch(`${url}/play/setup.json`)).json()).toMatchObject({
      url: '/ws',
      contract: { commands: [{}, {}, {}, {}, {}, {}] },
    })
    for (const path of ['/', '/playground', '/play-more', '/play2/'])
      expect(await (await fetch(`${url}${path}`)).text()).toBe('application')
  })

  it('answers once, beside listeners that were there before and come later', async () => {
    const http = createServer()
    const server = createQuickstartServer(() => {})
    closers.push(() => server.close({ drainMs: 0 }))
    server.attach(http, { path: '/ws', playground: '/play' })
    const seen: (string | undefined)[] = []
    http.on('request', ({ url }, response) => {
      seen.push(url)
      response.end()
    })
    const url = await listen(http)
    expect((await fetch(`${url}/play/`)).status).toBe(200)
    await fetch(`${url}/other`)
    expect(seen).toEqual(['/other'])
  })

  it('adds the slash that its addresses need, and knows no file but its own', async () => {
    const { url, port } = await start({ playground: '/play' })
    const bare = await fetch(`${url}/play`, { redirect: 'manual' })
    expect([bare.status, bare.headers.get('location')]).toEqual([307, '/play/'])
    for (const path of ['/play/nothing', '/play//etc/passwd', '/play/%2e%2e/package.json'])
      expect((await fetch(`${url}${path}`)).status).toBe(404)
    expect(await raw(port, 'GET /play/../../package.json HTTP/1.1')).toMatch(/^HTTP\/1.1 404/)
    expect((await fetch(`${url}/play/`, { method: 'POST' })).status).toBe(405)
  })

  it('is refused to pages of other sites, but not to somebody who follows a link', async () => {
    const { port } = await start({ playground: '/play' })
    const ask = (...headers: readonly string[]) => raw(port, 'GET /play/setup.json HTTP/1.1', ...headers)
    expect(await ask('Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: script')).toMatch(
      /^HTTP\/1.1 403/,
    )
    expect(await ask('Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: cors', 'Sec-Fetch-Dest: empty')).toMatch(
      /^HTTP\/1.1 403/,
    )
    expect(await ask('Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe')).toMatch(
      /^HTTP\/1.1 403/,
    )
    expect(await ask('Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document')).toMatch(
      /^HTTP\/1.1 200/,
    )
    expect(await ask()).not.toMatch(/Access-Control-Allow-Origin/i)
  })

  it('lets the browser load nothing else, make no HTML of text and stand in no frame', async () => {
    const { url } = await start({ playground: '/play' })
    const [one, other] = [await fetch(`${url}/play/`), await fetch(`${url}/play/`)]
    const policy = one.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[^']+'; /)
    expect(policy).toContain("connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toMatch(/unsafe-/)
    expect(other.headers.get('content-security-policy')).not.toBe(policy)
    expect(one.headers.get('x-frame-options')).toBe('DENY')
  })

  it('is not there without the option, and in production only when asked for', async () => {
    const status = async (options: object) => (await fetch(`${(await start(options)).url}/play/`)).status
    expect(await status({})).toBe(404)
    vi.stubEnv('NODE_ENV', 'production')
    expect(await status({ playground: '/play' })).toBe(404)
    expect(await status({ playground: { path: '/play' } })).toBe(404)
    expect(await status({ playground: { path: '/play', inProduction: true } })).toBe(200)
  })

  it('comes with listen, too, and goes with the server', async () => {
    const server = createQuickstartServer(() => {})
    const { port } = await server.listen(0, { path: '/ws', playground: '/play' })
    expect((await fetch(`http://127.0.0.1:${port}/play/`)).status).toBe(200)
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(426)
    await server.close({ drainMs: 0 })

    const { url, http, close } = await start({ playground: '/play' })
    await close()
    expect(http.listening).toBe(true)
    expect(await (await fetch(`${url}/play/`)).text()).toBe('application')
  })

  it.each(['play', '/play/', '/', '', '/a b'])('refuses the path %j', (playground) => {
    const server = createQuickstartServer(() => {})
    expect(() => server.attach(createServer(), { playground })).toThrow(
      `playground must be a path as "/play", got "${playground}"`,
    )
  })

  it('needs an HTTP server of Node', () => {
    const server = createQuickstartServer(() => {})
    const adapter: Adapter = { open: () => () => {} }
    expect(() => server.attach(adapter, { playground: '/play' })).toThrow('playground needs an HTTP server of Node')
  })
})

async function start(options: object) {
  const http = createServer((_request, response) => response.writeHead(404).end('application'))
  const server = createQuickstartServer(() => {})
  server.attach(http, { path: '/ws', ...options })
  closers.push(() => server.close({ drainMs: 0 }))
  const url = await listen(http)
  return { url, http, port: (http.address() as AddressInfo).port, close: () => server.close({ drainMs: 0 }) }
}

async function listen(http: HttpServer): Promise<string> {
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    http.closeAllConnections()
    return new Promise((resolve) => http.close(resolve))
  })
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`
}

/** What a server answers to a request to the letter. */
function raw(port: number, ...head: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('utf8').on('data', (piece: string) => {
      answer += piece
    })
    socket.on('close', () => resolve(answer)).on('error', reject)
    socket.write(`${[...head, 'Host: 127.0.0.1', 'Connection: close'].join('\r\n')}\r\n\r\n`)
  })
}
