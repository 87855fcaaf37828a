import type { ListenOptions, Server, ServerOptions } from '@wsrv/server'
import { FakeClock } from '@wsrv/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { createEchoServer, type EchoApi } from '../support/echo-server.ts'
import { frame } from '../support/frame.ts'
import { heldBytes } from '../support/memory.ts'
import { HANDSHAKE, TcpPeer } from '../support/tcp-peer.ts'
import { Witness } from '../support/witness.ts'

const closers: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function listen(
  options: ServerOptions<EchoApi> = {},
  where: ListenOptions = {},
): Promise<{ server: Server<EchoApi>; port: number }> {
  const server = createEchoServer(options)
  const { port } = await server.listen(0, { host: '127.0.0.1', ...where })
  closers.push(() => server.close({ drainMs: 0 }))
  return { server, port }
}

async function connect<Peer extends { destroy(): void }>(
  port: number,
  begin: (port: number) => Promise<Peer>,
): Promise<Peer> {
  const peer = await begin(port)
  closers.push(() => peer.destroy())
  return peer
}

describe('a peer that connects and does not finish its handshake', () => {
  const halves = [
    ['says nothing', ''],
    ['stops in the request line', 'GET / HT'],
    ['stops in the headers', HANDSHAKE.slice(0, 60)],
  ] as const

  it.each(halves)('does not hold up close(): it %s', async (_how, bytes) => {
    const { server, port } = await listen()
    const peer = await connect(port, TcpPeer.connect)
    peer.send(bytes)
    const witness = await connect(port, Witness.open)
    await witness.call()
    witness.destroy()
    await server.close({ drainMs: 0 })
    await peer.ended()
  })

  it.each(halves)('is dropped after handshakeTimeoutMs: it %s', async (_how, bytes) => {
    // Node's own timer: it knows no other clock.
    const { port } = await listen({}, { handshakeTimeoutMs: 100 })
    const peer = await connect(port, TcpPeer.connect)
    const witness = await connect(port, Witness.open)
    peer.send(bytes)
    await peer.ended()
    await witness.call()
  })

  it('gains no time by sending a byte now and then', async () => {
    const { port } = await listen({}, { handshakeTimeoutMs: 100 })
    const peer = await connect(port, TcpPeer.connect)
    let at = 0
    const drip = setInterval(() => peer.send(HANDSHAKE.charAt(at++ % 60)), 20)
    await peer.ended().finally(() => clearInterval(drip))
    expect(at).toBeLessThan(60)
  })
})

describe('a peer that pings and does not read', () => {
  it('is dropped once its pongs wait, and costs no memory', async () => {
    const { server, port } = await listen({ clock: new FakeClock() })
    const witness = await connect(port, Witness.open)
    const peer = await connect(port, TcpPeer.open)
    const dropped = new Promise((resolve) => server.onDisconnect((_session, { code }) => resolve(code)))
    const pings = Buffer.concat(Array.from({ length: 500 }, () => frame(0x89, 'x'.repeat(125))))
    const before = await heldBytes()
    peer.socket.pause()
    for (let sentBytes = 0; sentBytes < 32 * 2 ** 20; sentBytes += pings.length) {
      await new Promise((resolve) => peer.socket.write(pings, resolve))
    }
    expect(await dropped).toBe(1006)
    await witness.call()
    expect((await heldBytes()) - before).toBeLessThan(4 * 2 ** 20)
  })
})
