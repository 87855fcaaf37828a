import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type ConnectionClose, createWebSocketTransport } from '@wsrv/client'
import type { Payload } from '@wsrv/protocol'
import { describeTransport, MemoryTransport, type TransportHost, type TransportHostPeer, until } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'

describeTransport('createWebSocketTransport', startSockets)
describeTransport('MemoryTransport', startMemory)

describe('createWebSocketTransport', () => {
  it('tells of a malformed URL by closed, with its cause', async () => {
    const closed = new Promise<ConnectionClose>((resolve) => {
      createWebSocketTransport().connect('no url', { opened: () => {}, received: () => {}, closed: resolve })
    })
    expect(await closed).toMatchObject({ code: 1006, cause: { name: 'SyntaxError' } })
  })

  it('lets go within 2 s of a link whose other end does not answer its close', async () => {
    const server = createServer()
    const sockets = new Set<Duplex>()
    server.on('upgrade', (request, socket) => {
      sockets.add(socket)
      const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
      const accept = createHash('sha1').update(key).digest('base64')
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      )
      socket
        .resume()
        .on('error', () => {})
        .on('close', () => sockets.delete(socket))
        .on('end', () => socket.end())
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const { onclose, closed } = deferredClose()
    const connection = createWebSocketTransport().connect(`ws://127.0.0.1:${port}`, {
      opened: () => connection.close(1000, ''),
      received: () => {},
      closed: onclose,
    })
    expect(await closed).toMatchObject({ code: 1006 })
    await until(() => sockets.size === 0, 'the socket is gone')
    await new Promise((resolve) => server.close(resolve))
  })

  it('says why a server refused, where the platform knows', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', verifyClient: (_, done) => done(false, 403) })
    await new Promise((resolve) => server.once('listening', resolve))
    const closed = new Promise<ConnectionClose>((resolve) => {
      createWebSocketTransport().connect(urlOf(server), { opened: () => {}, received: () => {}, closed: resolve })
    })
    expect(await closed).toMatchObject({ code: 1006, reason: 'Unexpected server response: 403' })
    server.close()
  })

  it('sends the headers and subprotocols it was given', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await new Promise((resolve) => server.once('listening', resolve))
    const requested = new Promise<readonly unknown[]>((resolve) => {
      server.once('connection', (socket, { headers }) => {
        socket.close()
        resolve([headers['x-token'], headers['sec-websocket-protocol'], headers['sec-websocket-extensions']])
      })
    })
    const transport = createWebSocketTransport({ protocols: ['one', 'two'], headers: { 'x-token': 'secret' } })
    transport.connect(urlOf(server), { opened: () => {}, received: () => {}, closed: () => {} })
    expect(await requested).toEqual(['secret', 'one,two', undefined])
    await new Promise((resolve) => server.close(resolve))
  })
})

function deferredClose(): {
  readonly onclose: (close: ConnectionClose) => void
  readonly closed: Promise<ConnectionClose>
} {
  let onclose: (close: ConnectionClose) => void = () => {}
  const closed = new Promise<ConnectionClose>((resolve) => {
    onclose = resolve
  })
  return { onclose, closed }
}

async function startSockets(): Promise<TransportHost> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    transport: createWebSocketTransport(),
    url: urlOf(server),
    deadUrl: 'ws://127.0.0.1:1',
    accept: () => new Promise((resolve) => server.once('connection', (socket) => resolve(peerOf(socket)))),
    close: async () => {
      for (const socket of server.clients) socket.terminate()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function peerOf(socket: WebSocket): TransportHostPeer {
  const mailbox = createMailbox()
  socket.on('message', (data: Uint8Array, isBinary) => mailbox.put(isBinary ? new Uint8Array(data) : data.toString()))
  const closed = new Promise<ConnectionClose>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
  return {
    send: (payload) => socket.send(payload),
    close: (code, reason) => socket.close(code, reason),
    drop: () => socket.terminate(),
    received: mailbox.take,
    closed: () => closed,
  }
}

async function startMemory(): Promise<TransportHost> {
  const waiting: ((peer: TransportHostPeer) => void)[] = []
  const transport = new MemoryTransport((peer) => {
    if (peer.url === 'memory:dead') {
      peer.drop()
      return
    }
    const mailbox = createMailbox()
    peer.onFrame = mailbox.put
    const closed = new Promise<ConnectionClose>((resolve) => {
      peer.onClose = resolve
    })
    peer.open()
    waiting.shift()?.({
      send: (payload) => peer.send(payload),
      close: (code, reason) => peer.close(code, reason),
      drop: () => peer.drop(),
      received: mailbox.take,
      closed: () => closed,
    })
  })
  return {
    transport,
    url: 'memory:',
    deadUrl: 'memory:dead',
    accept: () => new Promise((resolve) => waiting.push(resolve)),
    close: () => Promise.resolve(),
  }
}

/** Messages in the order they came, each to be awaited. */
function createMailbox() {
  const messages: Payload[] = []
  const readers: ((payload: Payload) => void)[] = []
  return {
    put: (payload: Payload): void => {
      const reader = readers.shift()
      if (reader) reader(payload)
      else messages.push(payload)
    },
    take: (): Promise<Payload> => {
      const payload = messages.shift()
      return payload === undefined ? new Promise((resolve) => readers.push(resolve)) : Promise.resolve(payload)
    },
  }
}

function urlOf(server: WebSocketServer): string {
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
}
