import { createWebSocketTransport, type Transport, WsrvClient } from '@wsrv/client'
import { createServer, type Server } from '@wsrv/server'
import { uwsAdapter } from '@wsrv/server/uws'
import { connectRaw, FakeClock, silentLogger } from '@wsrv/testing'
import { expect, it, onTestFinished } from 'vitest'
import { loadUws } from '../../packages/server/test/load-uws.ts'
import { SlowProxy } from './slow-proxy.ts'

interface Api {
  commands: Record<'get' | 'put', { request: { text: string }; response: { text: string }; errors: object }>
  pushes: object
  session: object
}

const withText = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] }
const commands = ['get', 'put'].map((cmd) => ({
  cmd,
  request: withText,
  response: withText,
  errors: {},
  idempotent: true,
}))

const GET = { cmd: 'get', idempotent: true, timeoutMs: 300_000 }
const PUT = { cmd: 'put', idempotent: true, timeoutMs: 300_000 }
const STEP_MS = 250
const MBIT = 1_000_000
const REPLY = 'r'.repeat(3_000_000)
const REQUEST = 'q'.repeat(300_000)

const node: Transport = createWebSocketTransport()

/** Sees whole messages only: what a browser sees of what comes, and of what its machine has taken to send. */
const blind: Transport = {
  connect: (url, events) => {
    const { send, close, terminate } = node.connect(url, events)
    return { send, close, terminate }
  },
}

interface Stage {
  readonly clock: FakeClock
  readonly server: Server<Api>
  readonly proxy: SlowProxy
  readonly runs: string[]
  /** Lets time go by at so many bits a second until something is there. */
  play<Result>(bitsPerSecond: number, waited: Promise<Result>): Promise<Result>
}

function serve(): Omit<Stage, 'proxy' | 'play'> {
  const clock = new FakeClock()
  const server = createServer<Api>({ commands, pushes: [], types: {} }, { clock, logger: silentLogger })
  const runs: string[] = []
  server.handle('get', () => {
    runs.push('get')
    return { text: REPLY }
  })
  server.handle('put', ({ data: { text } }) => {
    runs.push('put')
    return { text: String(text.length) }
  })
  onTestFinished(() => server.close({ drainMs: 0 }))
  return { clock, server, runs }
}

async function listen(): Promise<Stage> {
  const made = serve()
  const { port } = await made.server.listen(0, { host: '127.0.0.1' })
  return slow(made, port)
}

async function slow(made: Omit<Stage, 'proxy' | 'play'>, port: number): Promise<Stage> {
  const proxy = await SlowProxy.listen(port)
  onTestFinished(() => proxy.close())
  const play: Stage['play'] = async (bitsPerSecond, waited) => {
    let isOver = false
    const over = (): void => {
      isOver = true
    }
    waited.then(over, over)
    while (!isOver) {
      await proxy.pass(Math.ceil((bitsPerSecond * STEP_MS) / 8_000))
      await made.clock.advance(STEP_MS)
    }
    return waited
  }
  return { ...made, proxy, play }
}

async function join({ clock, proxy, play }: Stage, transport: Transport): Promise<WsrvClient> {
  const client = new WsrvClient(`ws://127.0.0.1:${proxy.port}/`, { clock, transport, onProblem: () => {} })
  onTestFinished(() => client.close())
  await play(10 * MBIT, client.connect())
  return client
}

it('a reply of 3 MB arrives at 1 Mbit/s on its first connection, where bytes can be seen to come', async () => {
  const stage = await listen()
  const client = await join(stage, node)
  const { text } = await stage.play(MBIT, client.call<{ text: string }>(GET, { text: '' }))
  expect([text.length, stage.runs, stage.proxy.connections]).toEqual([REPLY.length, ['get'], 1])
  expect(stage.clock.now()).toBeGreaterThan(20_000)
})

it('it arrives as well where they cannot: each connection is given twice the time', async () => {
  const stage = await listen()
  const client = await join(stage, blind)
  const { text } = await stage.play(MBIT, client.call<{ text: string }>(GET, { text: '' }))
  expect([text.length, stage.proxy.connections]).toEqual([REPLY.length, 4])
})

it('a request of 300 kB arrives at 80 kbit/s on its first connection: the server shows that bytes come', async () => {
  const stage = await listen()
  const client = await join(stage, blind)
  const { text } = await stage.play(MBIT * 0.08, client.call<{ text: string }>(PUT, { text: REQUEST }))
  expect([text, stage.runs, stage.proxy.connections]).toEqual(['300000', ['put'], 1])
  expect(stage.clock.now()).toBeGreaterThan(30_000)
})

it('a base client that sends nothing but a long message is not dropped meanwhile', async () => {
  const stage = await listen()
  const peer = await stage.play(10 * MBIT, connectRaw(`ws://127.0.0.1:${stage.proxy.port}/`, { autoPong: false }))
  peer.send(JSON.stringify({ cmd: 'put', seqno: 'a', data: { text: REQUEST } }))
  // The first thing that comes: no empty message before it.
  expect(await stage.play(MBIT * 0.08, peer.text())).toBe(
    '{"cmd":"put","seqno":"a","status":0,"msg":"ok","data":{"text":"300000"}}',
  )
  expect(stage.clock.now()).toBeGreaterThan(30_000)
})

const uws = loadUws()
const title = 'a request of 300 kB arrives at 80 kbit/s at a server on uWebSockets, which sees whole messages only'
if ('missing' in uws) it.skip(`${title}: ${uws.missing}`)
else
  it(title, async () => {
    const app = uws.App()
    const made = serve()
    made.server.attach(uwsAdapter(app))
    const socket = await new Promise((resolve) => app.listen('127.0.0.1', 0, resolve))
    onTestFinished(() => uws.us_listen_socket_close(socket))
    const stage = await slow(made, uws.us_socket_local_port(socket))
    const peer = await stage.play(10 * MBIT, connectRaw(`ws://127.0.0.1:${stage.proxy.port}/`, { autoPong: false }))
    peer.send(JSON.stringify({ cmd: 'put', seqno: 'a', data: { text: REQUEST } }))
    expect(JSON.parse(await stage.play(MBIT * 0.08, peer.text())).data).toEqual({ text: '300000' })
    const client = await join(stage, blind)
    const { text } = await stage.play(MBIT * 0.08, client.call<{ text: string }>(PUT, { text: REQUEST }))
    expect(text).toBe('300000')
  })
