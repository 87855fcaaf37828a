import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Contract } from '@wsrv/schema'
import { createPlayground } from './create-playground.ts'
import { relayUpgrade } from './relay-upgrade.ts'

/** What to drive, and from where. */
export interface StartOptions {
  /** WebSocket URL of the server: `ws://127.0.0.1:8800/ws`. */
  readonly server: string
  /** What can be called there. Without it the page sends raw messages only. */
  readonly contract?: Contract | undefined
  /** Port of this machine for the page. Default 0: a free one. */
  readonly port?: number
}

/** A playground that serves itself. */
export interface StartedPlayground {
  /** Of the page. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Serves the page on this machine only, and passes its connections on to a server anywhere: one that takes no foreign page,
 * too, because what arrives there has no `Origin`. Only the page itself may connect.
 *
 * @throws TypeError when `server` is not a WebSocket URL; rejects with Node's error when the port cannot be had.
 */
export async function startPlayground({ server, contract, port = 0 }: StartOptions): Promise<StartedPlayground> {
  const target = parseTarget(server)
  const playground = createPlayground({
    path: PAGE_PATH,
    url: SOCKET_PATH,
    server,
    title: target.host,
    ...(contract && { contract }),
  })
  const http = createServer((request, response) => {
    if (isOwnHost(request) && playground.handle(request, response)) return
    redirect(request, response)
  })
  const sockets = new Set<Duplex>()
  http.on('upgrade', (request, socket, head) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)))
    if (isOwnPage(request)) relayUpgrade(request, { socket, head, target })
    else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
  })
  await listen(http, port)
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}${PAGE_PATH}/`,
    close: () => {
      for (const socket of sockets) socket.destroy()
      http.closeAllConnections()
      return new Promise((resolve) => http.close(() => resolve()))
    },
  }
}

const PAGE_PATH = '/play'
const SOCKET_PATH = '/ws'

function parseTarget(server: string): URL {
  const target = URL.canParse(server) ? new URL(server) : undefined
  if (target !== undefined && /^wss?:$/.test(target.protocol)) return target
  throw new TypeError(`server must be a WebSocket URL as ws://127.0.0.1:8800/ws, got "${server}"`)
}

function redirect(request: IncomingMessage, response: ServerResponse): void {
  if (!isOwnHost(request)) response.writeHead(FORBIDDEN).end()
  else if (request.url === '/') response.writeHead(TEMPORARY_REDIRECT, { Location: `${PAGE_PATH}/` }).end()
  else response.writeHead(NOT_FOUND).end()
}

/** Whether a request names this machine: a foreign name that leads here (DNS rebinding) must not become this page's origin. */
function isOwnHost({ headers: { host = '' } }: IncomingMessage): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)
}

function isOwnPage(request: IncomingMessage): boolean {
  const { origin, host } = request.headers
  return isOwnHost(request) && origin === `http://${host}` && request.url === SOCKET_PATH
}

function listen(http: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject).listen(port, '127.0.0.1', () => resolve())
  })
}

const TEMPORARY_REDIRECT = 307
const FORBIDDEN = 403
const NOT_FOUND = 404
