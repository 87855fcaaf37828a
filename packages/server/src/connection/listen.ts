import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { HANDSHAKE_TIMEOUT_MS, STATUS } from '@wsrv/protocol'
import { checkNumber, TIMER_RANGE } from '../check-options.ts'
import { refuseUpgrade } from './refuse-upgrade.ts'
import type { PlaygroundOptions } from './serve-playground.ts'

/** Where a server listens. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
  /** For a client of the same machine: `ws://127.0.0.1:8800/ws`. */
  readonly url: string
}

/** Where to listen. */
export interface ListenOptions {
  /** Address to bind; default every address of the machine. */
  readonly host?: string
  /** Path of upgrades, compared exactly; default `/`. */
  readonly path?: string
  /**
   * Time a connection has for its whole upgrade request, in ms, give or take a second; 408 when it takes longer. Default
   * `HANDSHAKE_TIMEOUT_MS`, 10 s: a client waits no longer. Without it a silent peer holds a socket for ever.
   */
  readonly handshakeTimeoutMs?: number
  /** As of `attach`. Default: no page. */
  readonly playground?: string | PlaygroundOptions
}

/**
 * An HTTP server for upgrades only: any other request is answered with 426. RFC 9110 §15.5.22.
 *
 * @param timedOut called for each connection whose request took longer than `handshakeTimeoutMs`.
 */
export function createUpgradeServer(
  { handshakeTimeoutMs = HANDSHAKE_TIMEOUT_MS }: ListenOptions,
  timedOut: (remoteAddress: string | undefined, handshakeTimeoutMs: number) => void,
): HttpServer {
  checkNumber('handshakeTimeoutMs', handshakeTimeoutMs, TIMER_RANGE)
  const timeouts = {
    headersTimeout: handshakeTimeoutMs,
    requestTimeout: handshakeTimeoutMs,
    connectionsCheckingInterval: Math.min(handshakeTimeoutMs, MAX_CHECK_MS),
  }
  const httpServer = createServer(timeouts, (_request, response) => {
    response.writeHead(UPGRADE_REQUIRED, { Connection: 'close', Upgrade: 'websocket' }).end()
  })
  return httpServer.on('clientError', ({ code }: NodeJS.ErrnoException, socket: Socket) => {
    if (code === TIMED_OUT) timedOut(socket.remoteAddress, handshakeTimeoutMs)
    refuseUpgrade(socket, { status: BAD_REQUESTS.get(code) ?? STATUS.bad_request })
  })
}

/**
 * Begins to listen.
 *
 * @param port 0 picks a free one.
 * @returns rejects with Node's error when the port cannot be had.
 */
export function listen(
  httpServer: HttpServer,
  port: number,
  { host, path = '/' }: ListenOptions,
): Promise<ListenAddress> {
  return new Promise((resolve, reject) => {
    httpServer.once('error', reject)
    httpServer.listen({ port, host }, () => {
      httpServer.off('error', reject)
      resolve(describeAddress(httpServer.address() as AddressInfo, path))
    })
  })
}

/** Stops listening; resolves when the server's last connection is gone. Those that are not a WebSocket yet are dropped. */
export function stopListening(httpServer: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    httpServer.close(() => resolve())
    httpServer.closeAllConnections()
  })
}

const UPGRADE_REQUIRED = 426
const TIMED_OUT = 'ERR_HTTP_REQUEST_TIMEOUT'

/** What Node itself would answer, by its code of what is wrong with a request. */
const BAD_REQUESTS: ReadonlyMap<string | undefined, number> = new Map<string, number>([
  [TIMED_OUT, STATUS.timeout],
  ['HPE_HEADER_OVERFLOW', 431],
])

/** How often Node looks for connections that are out of time, at the least. */
const MAX_CHECK_MS = 1_000

function describeAddress({ address, port, family }: AddressInfo, path: string): ListenAddress {
  const isEveryAddress = address === '::' || address === '0.0.0.0'
  const bound = family === 'IPv6' ? `[${address}]` : address
  return { host: address, port, url: `ws://${isEveryAddress ? '127.0.0.1' : bound}:${port}${path}` }
}
