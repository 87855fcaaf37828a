import type { Connection } from '@wsrv/client'
import { NO_CLOSE_FRAME, NORMAL_CLOSE } from '@wsrv/protocol'
import type { Contract } from '@wsrv/schema'
import type { ApiShape } from '@wsrv/server'
import { type WebSocketData, type WebSocketHandler, type WebSocketHandlerConnection, ws } from 'msw'
import { MemoryNetwork } from './memory-network.ts'
import { createMock } from './mock/create-mock.ts'
import type { Mock, MockOptions } from './mock/mock.ts'

/** A mock behind MSW. */
export interface MswMock<Api extends ApiShape> {
  readonly mock: Mock<Api>
  /** What `setupServer` of `msw/node` takes, beside handlers of yours. */
  readonly handlers: readonly WebSocketHandler[]
}

/**
 * A mock as handlers for MSW, in tests that use it: connections of the global `WebSocket` to `url` end at the mock.
 *
 * ```ts
 * const { mock, handlers } = createMswMock<Api>('ws://example.org/ws', contract)
 * const msw = setupServer(...handlers)
 * msw.listen()
 * ```
 *
 * It needs Node, so a page in a real browser uses `wsrv mock`. In Node itself a client of `@wsrv/client` has a `WebSocket` of its
 * own, which MSW does not see: there {@link createMock} does.
 *
 * @throws TypeError when `url` is not a URL, and as {@link createMock}.
 */
export function createMswMock<Api extends ApiShape>(
  url: string,
  contract: Contract,
  options: MockOptions<Api> = {},
): MswMock<Api> {
  const network = new MemoryNetwork()
  const mock = createMock<Api>(contract, {
    ...options,
    server: { allowedOrigins: '*', ...options.server, transport: network.serverTransport },
  })
  mock.server.attach(network.httpServer, { path: new URL(url).pathname })
  const handler = ws.link(url).addEventListener('connection', ({ client }) => join(network, client))
  return { mock, handlers: [handler] }
}

/** Ties a connection that MSW intercepted to the mock's network. */
function join({ clientTransport }: MemoryNetwork, client: WebSocketHandlerConnection['client']): void {
  const waiting: WebSocketData[] = []
  let isOpen = false
  const connection = clientTransport.connect(client.url.href, {
    opened: () => {
      isOpen = true
      for (const data of waiting.splice(0)) pass(connection, data)
    },
    received: (payload) => client.send(payload as WebSocketData),
    // A page cannot be shown a drop as one: MSW closes with codes that a peer may send.
    closed: ({ code, reason }) => (code === NO_CLOSE_FRAME ? client.close(DROPPED) : client.close(code, reason)),
  })
  client.addEventListener('message', ({ data }) => (isOpen ? pass(connection, data) : waiting.push(data)))
  client.addEventListener('close', ({ code, reason }) => connection.close(code || NORMAL_CLOSE, reason))
}

function pass(connection: Connection, data: WebSocketData): void {
  if (typeof data === 'string') connection.send(data)
  else if (data instanceof Blob) void data.arrayBuffer().then((bytes) => connection.send(new Uint8Array(bytes)))
  else if (ArrayBuffer.isView(data)) connection.send(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  else connection.send(new Uint8Array(data))
}

/** In place of 1006, which no peer may send: the client comes back from it as well. */
const DROPPED = 4_000
