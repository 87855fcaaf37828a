import { type ChildProcess, spawn } from 'node:child_process'
import { connect } from 'node:net'
import { startPlayground } from '@wsrv/playground'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createQuickstartServer } from '../../examples/quickstart/server.ts'
import { GoLikeServer } from '../../packages/client/test/go-like-server.ts'
import { buildPage } from '../../packages/playground/build-page.ts'

const ROOT = `${import.meta.dirname}/../..`
const closers: (() => unknown)[] = []
beforeAll(buildPage, 60_000)
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

describe('a playground that serves itself', () => {
  it('passes its page’s connection on to a server that takes no foreign page', async () => {
    const server = createQuickstartServer(() => {})
    const { url: target } = await server.listen(0, { path: '/ws', host: '127.0.0.1' })
    closers.push(() => server.close({ drainMs: 0 }))
    const { url } = await start(target)
    expect(await (await fetch(`${url}setup.json`)).json()).toMatchObject({ url: '/ws', server: target })
    expect((await fetch(new URL('/', url), { redirect: 'manual' })).headers.get('location')).toBe('/play/')
    expect(await answerTo(url, '{"cmd":"userinfo","seqno":"aaaaaa-0001","data":{}}')).toContain('"status":401')
  })

  it('tells the server nothing of its page: no origin, no cookie', async () => {
    const old = await GoLikeServer.listen({ hello: () => ({}) })
    closers.push(() => old.close())
    const { url } = await start(old.url)
    expect(await answerTo(url, '{"cmd":"hello","seqno":"aaaaaa-0001","data":{}}', { Cookie: 'secret=1' })).toContain(
      '"status":0',
    )
    expect(old.requests.map(({ headers }) => [headers.origin, headers.cookie])).toEqual([[undefined, undefined]])
  })

  it('lets no other page in, and answers to no other name than this machine’s', async () => {
    const { url } = await start('ws://127.0.0.1:9')
    const { port } = new URL(url)
    const upgrade = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ]
    expect(await raw(port, 'GET /ws HTTP/1.1', 'Host: 127.0.0.1', 'Origin: https://evil.example', ...upgrade)).toMatch(
      /^HTTP\/1.1 403/,
    )
    expect(await raw(port, 'GET /ws HTTP/1.1', 'Host: 127.0.0.1', ...upgrade)).toMatch(/^HTTP\/1.1 403/)
    expect(
      await raw(port, 'GET /ws HTTP/1.1', 'Host: evil.example', 'Origin: http://evil.example', ...upgrade),
    ).toMatch(/^HTTP\/1.1 403/)
    expect(await raw(port, 'GET /play/setup.json HTTP/1.1', 'Host: evil.example', 'Connection: close')).toMatch(
      /^HTTP\/1.1 403/,
    )
    expect(await raw(port, 'GET /ws HTTP/1.1', 'Host: 127.0.0.1', 'Origin: http://127.0.0.1', ...upgrade)).toMatch(
      /^HTTP\/1.1 502/,
    )
  })

  it.each(['http://127.0.0.1', 'nowhere', ''])('refuses the server %j', async (server) => {
    await expect(startPlayground({ server })).rejects.toThrow(
      `server must be a WebSocket URL as ws://127.0.0.1:8800/ws, got "${server}"`,
    )
  })
})

describe('wsrv play', { timeout: 120_000 }, () => {
  it('serves the page from this project’s contract until it is interrupted', async () => {
    const program = spawn(
      process.execPath,
      ['--import', 'tsx', 'packages/cli/src/bin.ts', 'play', 'ws://127.0.0.1:9/ws'],
      { cwd: ROOT },
    )
    const exited = new Promise((resolve) => program.once('exit', resolve))
    const url = await firstUrl(program)
    const { contract } = (await (await fetch(`${url}setup.json`)).json()) as {
      contract: { commands: { cmd: string }[]; hashes: object }
    }
    expect(contract.commands.map(({ cmd }) => cmd)).toContain('register')
    expect(contract.hashes).toBeDefined()
    program.kill('SIGINT')
    expect(await exited).toBe(0)
  })

  it('says what is wrong with its command line', async () => {
    const program = spawn(
      process.execPath,
      ['--import', 'tsx', 'packages/cli/src/bin.ts', 'play', 'ws://a/', '--port', 'x', '--raw'],
      { cwd: ROOT },
    )
    let said = ''
    program.stderr.on('data', (bytes) => {
      said += String(bytes)
    })
    expect(await new Promise((resolve) => program.once('exit', resolve))).toBe(2)
    expect(said).toContain("argument 'x' is invalid. Expected a number from 0 to 65535.")
  })
})

async function start(server: string) {
  const playground = await startPlayground({ server })
  closers.push(() => playground.close())
  return playground
}

/** What a page at a URL is answered to its first message. */
function answerTo(url: string, message: string, headers: Record<string, string> = {}): Promise<string> {
  const { host } = new URL(url)
  const socket = new WebSocket(`ws://${host}/ws`, { origin: `http://${host}`, headers })
  closers.push(() => socket.terminate())
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('open', () => socket.send(message))
    socket.once('message', (answer) => resolve(String(answer)))
  })
}

function firstUrl({ stdout, stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const read = (bytes: unknown): void => {
      said += String(bytes)
      const url = /http:\/\/\S+\/play\//.exec(said)?.[0]
      if (url !== undefined) resolve(url)
    }
    stdout?.on('data', read).once('end', () => reject(new Error(said)))
    stderr?.on('data', read)
  })
}

/** What a server answers to a request to the letter. */
function raw(port: string, ...head: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1')
    socket.setEncoding('utf8').once('data', (answer: string) => {
      socket.destroy()
      resolve(answer)
    })
    socket.on('error', reject)
    socket.write(`${head.join('\r\n')}\r\n\r\n`)
  })
}
