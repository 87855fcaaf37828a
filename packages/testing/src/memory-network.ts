import { createServer, IncomingMessage, type Server } from 'node:http'
import { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { ServerTransport, Upgrade } from '@wsrv/server'
import type { MemoryPeer } from './memory-peer.ts'
import { MemoryServerConnection } from './memory-server-connection.ts'
import { MemoryTransport } from './memory-transport.ts'

/**
 * A network in memory: real clients on one side, a real server on the other, no port, no socket, no real time.
 *
 * ```ts
 * const network = new MemoryNetwork()
 * const server = createServer({ handlers, clock, transport: network.serverTransport })
 * server.attach(network.httpServer)
 * const client = createClient('ws://memory/', { clock, transport: network.clientTransport })
 * ```
 */
export class MemoryNetwork {
  /** What the server attaches to; never listens. */
  readonly httpServer: Server = createServer()
  readonly clientTransport: MemoryTransport
  readonly serverTransport: ServerTransport
  readonly #connecting = new Map<Duplex, MemoryPeer>()

  constructor() {
    this.clientTransport = new MemoryTransport((peer) => this.#knock(peer))
    this.serverTransport = { upgrade: (upgrade, open) => this.#open(upgrade, open) }
  }

  /** Asks the server in, as an HTTP upgrade does; a refusal arrives as one. */
  #knock(peer: MemoryPeer): void {
    const socket = new RefusalSocket((statusLine) => peer.drop(`Unexpected server response: ${statusLine}`))
    this.#connecting.set(socket, peer)
    if (!this.httpServer.emit('upgrade', requestOf(peer.url), socket, Buffer.alloc(0))) peer.drop('no server listens')
  }

  #open({ request, socket }: Upgrade, open: Parameters<ServerTransport['upgrade']>[1]): void {
    const peer = this.#connecting.get(socket)
    if (!peer) throw new Error('the upgrade did not come through this network')
    this.#connecting.delete(socket)
    const connection = new MemoryServerConnection(peer, request)
    connection.serve(open(connection))
    peer.open()
  }
}

/** The upgrade request of a client in Node: no `Origin`. RFC 6455 §4.1. */
function requestOf(url: string): IncomingMessage {
  const { host, pathname, search } = new URL(url)
  const request = new IncomingMessage(new Socket())
  Object.assign(request, { method: 'GET', url: pathname + search })
  Object.assign(request.headers, { host, connection: 'Upgrade', upgrade: 'websocket' })
  return request
}

/** The socket of an upgrade: all that may be written to it is a refusal, and its status is reported. */
class RefusalSocket extends Duplex {
  readonly #refused: (status: string) => void

  constructor(refused: (status: string) => void) {
    super()
    this.#refused = refused
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#refused(/^HTTP\/1\.1 (\d+)/.exec(chunk.toString())?.[1] ?? 'none')
    done()
  }
}
