import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CloseOptions, Server, ServerOptions } from '@wsrv/server'
import { FakeClock, silentLogger, until } from '@wsrv/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { readCases, type Step, wireOf } from './case.ts'
import { type Api, authenticate, createConformanceServer } from './contract.ts'

const closers: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const cases = readCases().filter(({ ends }) => ends.includes('server'))

describe('the server keeps its side of', () => {
  it.each(cases)('($number) $title', async ({ steps, extensions, limits = {}, sessions = {} }) => {
    await converse(steps, { limits, sessions, ...(extensions?.auth !== undefined && { authenticate }) })
  })
})

describe('a server without extensions keeps its side of', () => {
  const base = cases.filter(({ extensions }) => extensions === undefined)
  it.each(base)('($number) $title', async ({ steps, limits = {} }) => {
    await converse(steps, { limits, extensions: false })
  })
})

async function converse(steps: readonly Step[], options: ServerOptions<Api>): Promise<void> {
  const clock = new FakeClock()
  closers.push(async () => expect(clock.pendingTimers).toBe(0))
  const peer = await connect(clock, options)
  for (const step of steps) await play(step, { clock, peer })
  expect(peer.frames).toEqual([])
}

interface Peer {
  socket: WebSocket
  readonly shutDown: (options: CloseOptions) => Promise<void>
  /** Makes another connection in the place of the one before. */
  readonly connect: () => Promise<void>
  /** Puts another server in the place of the one before, and connects to that. */
  readonly restart: () => Promise<void>
  /** What the server drew, by what the case calls it: `S1`, `T1`. */
  readonly drawn: Map<string, string>
  readonly frames: { readonly text: string; readonly isBinary: boolean }[]
  closedWith: number | undefined
}

async function connect(clock: FakeClock, options: ServerOptions<Api>): Promise<Peer> {
  let { url, server } = await serve(clock, options)
  const open = (): WebSocket => new WebSocket(url, { autoPong: false })
  const peer: Peer = {
    // Answers no ping, so that silence is silence.
    socket: open(),
    connect: async () => {
      peer.socket.terminate()
      peer.socket = open()
      await watch(peer)
    },
    restart: async () => {
      ;({ url, server } = await serve(clock, options))
      await peer.connect()
    },
    shutDown: (how) => server.close(how),
    drawn: new Map(),
    frames: [],
    closedWith: undefined,
  }
  await watch(peer)
  return peer
}

/** Starts a server. */
async function serve(
  clock: FakeClock,
  options: ServerOptions<Api>,
): Promise<{ readonly url: string; readonly server: Server<Api> }> {
  const http = createHttpServer()
  const server = createConformanceServer({ clock, logger: silentLogger, ...options })
  server.attach(http, { path: '/ws' })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  closers.push(async () => {
    const closed = server.close({ drainMs: 0 })
    await clock.advance(0)
    await closed
    await new Promise((resolve) => http.close(resolve))
  })
  return { url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/ws`, server }
}

async function watch(peer: Peer): Promise<void> {
  const { socket } = peer
  socket.on('message', (bytes, isBinary) => peer.frames.push({ text: bytes.toString(), isBinary }))
  socket.on('close', (code) => {
    if (peer.socket === socket) peer.closedWith = code
  })
  await once(socket, 'open')
}

async function play(step: Step, { clock, peer }: { readonly clock: FakeClock; readonly peer: Peer }): Promise<void> {
  if (step.client !== undefined) {
    const { text, isBinary } = wireOf(step.client)
    peer.socket.send(withDrawn(text, peer.drawn), { binary: isBinary })
    await roundTrip(peer.socket)
  }
  if (step.drops) await peer.connect()
  if (step.restarts) await peer.restart()
  if (step.wait !== undefined) await clock.advance(step.wait)
  if (step.server !== undefined) {
    await until(() => peer.frames.length > 0)
    const { text, isBinary } = wireOf(step.server)
    const frame = peer.frames.shift()
    learn(frame?.text ?? '', text, peer.drawn)
    expect(maskPushSeqno(frame?.text ?? '', text)).toBe(withDrawn(text, peer.drawn))
    expect(frame?.isBinary).toBe(isBinary)
  }
  if (step.shutsDown !== undefined) void peer.shutDown(step.shutsDown)
  if (step.closes?.by === 'client') peer.socket.close(step.closes.code)
  if (step.closes !== undefined) {
    await until(() => peer.closedWith !== undefined)
    expect(peer.closedWith).toBe(step.closes.code)
  }
}

/** A ping comes back after everything sent before it has been read. */
async function roundTrip(socket: WebSocket): Promise<void> {
  if (socket.readyState !== WebSocket.OPEN) return
  const heard = new AbortController()
  socket.ping()
  await Promise.race(['pong', 'close'].map((event) => once(socket, event, heard)))
  heard.abort()
}

function maskPushSeqno(frame: string, expected: string): string {
  return expected.includes('"????????"') ? frame.replace(/"seqno":"[^"]{8}"/, '"seqno":"????????"') : frame
}

/** Notes what the server drew for the names in an expected frame. */
function learn(frame: string, expected: string, drawn: Map<string, string>): void {
  for (const key of ['sid', 'token']) {
    const name = new RegExp(`"${key}":"([ST][0-9])"`).exec(expected)?.[1]
    const value = new RegExp(`"${key}":"([^"]{24})"`).exec(frame)?.[1]
    if (name !== undefined && value !== undefined && !drawn.has(name)) drawn.set(name, value)
  }
}

function withDrawn(text: string, drawn: ReadonlyMap<string, string>): string {
  return text.replace(/"([ST][0-9])"/g, (whole, name: string) => (drawn.has(name) ? `"${drawn.get(name)}"` : whole))
}
