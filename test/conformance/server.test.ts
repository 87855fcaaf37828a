import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ServerOptions } from '@wsrv/server'
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
  it.each(cases)('($number) $title', async ({ steps, extensions, limits = {} }) => {
    await converse(steps, extensions?.auth === undefined ? { limits } : { limits, authenticate })
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
  const peer = await connect(clock, options)
  for (const step of steps) await play(step, { clock, peer })
  expect(peer.frames).toEqual([])
}

interface Peer {
  readonly socket: WebSocket
  readonly frames: { readonly text: string; readonly isBinary: boolean }[]
  closedWith: number | undefined
}

async function connect(clock: FakeClock, options: ServerOptions<Api>): Promise<Peer> {
  const http = createHttpServer()
  const server = createConformanceServer({ clock, logger: silentLogger, ...options })
  server.attach(http, { path: '/ws' })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  closers.push(async () => {
    await server.close()
    expect(clock.pendingTimers).toBe(0)
    await new Promise((resolve) => http.close(resolve))
  })
  // Answers no ping, so that silence is silence.
  const socket = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/ws`, { autoPong: false })
  const peer: Peer = { socket, frames: [], closedWith: undefined }
  socket.on('message', (bytes, isBinary) => peer.frames.push({ text: bytes.toString(), isBinary }))
  socket.on('close', (code) => {
    peer.closedWith = code
  })
  await once(socket, 'open')
  return peer
}

async function play(step: Step, { clock, peer }: { readonly clock: FakeClock; readonly peer: Peer }): Promise<void> {
  if (step.client !== undefined) {
    const { text, isBinary } = wireOf(step.client)
    peer.socket.send(text, { binary: isBinary })
    await roundTrip(peer.socket)
  }
  if (step.wait !== undefined) await clock.advance(step.wait)
  if (step.server !== undefined) {
    await until(() => peer.frames.length > 0)
    const { text, isBinary } = wireOf(step.server)
    const frame = peer.frames.shift()
    expect(maskPushSeqno(frame?.text ?? '', text)).toBe(text)
    expect(frame?.isBinary).toBe(isBinary)
  }
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
