import { createServer, type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { RECORDING_VERSION, type RecordingHeader, type RecordingLine } from '@wsrv/protocol/recording'
import { RecordedLink } from './recorded-link.ts'

/** What to record, and from where. */
export interface RecorderOptions {
  /** WebSocket URL of the server: `ws://127.0.0.1:8800/ws`. */
  readonly server: string
  /** Called with the header, then with each line as it happens; credentials are left out. PROTOCOL.md §Recordings. */
  readonly record: (line: RecordingHeader | RecordingLine) => void
  /** Port of this machine that clients connect to. Default 0: a free one. */
  readonly port?: number | undefined
  /** Address to bind. Default this machine only. */
  readonly host?: string | undefined
}

/** A recorder between clients and a server. */
export interface Recorder {
  /** For clients: with the path of the server's. */
  readonly url: string
  /** Connections so far. */
  readonly connections: number
  /** Ends every connection. */
  close(): Promise<void>
}

/**
 * Stands between clients and a server and writes down what they say. Every byte behind the handshake is passed on as it came, fragments,
 * pings and close frames included; of the handshake only `Host`, an `Origin` that is the recorder's own, and the offer to compress are changed.
 *
 * @throws TypeError when `server` is not a WebSocket URL; rejects with Node's error when the port cannot be had.
 */
export async function startRecorder(options: RecorderOptions): Promise<Recorder> {
  const target = parseTarget(options.server)
  const http = createServer((_request, response) => response.writeHead(UPGRADE_REQUIRED).end())
  const sockets = new Set<Duplex>()
  const startedAt = performance.now()
  let connections = 0
  options.record({
    wsrv: 'recording',
    version: RECORDING_VERSION,
    startedAt: new Date().toISOString(),
    // User, password and query may hold credentials.
    url: `${target.protocol}//${target.host}${target.pathname}`,
  })
  http.on('upgrade', (request, socket, head) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)))
    relay({ request, socket, head, target }, () => {
      connections += 1
      return new RecordedLink(connections, startedAt, options.record)
    })
  })
  const { port = 0, host = '127.0.0.1' } = options
  await new Promise<void>((resolve, reject) => http.once('error', reject).listen(port, host, resolve))
  return {
    url: `ws://${host}:${(http.address() as AddressInfo).port}${target.pathname}${target.search}`,
    get connections() {
      return connections
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      http.closeAllConnections()
      return new Promise((resolve) => http.close(() => resolve()))
    },
  }
}

interface Passage {
  readonly request: IncomingMessage
  readonly socket: Duplex
  /** What came behind the request already. */
  readonly head: Buffer
  readonly target: URL
}

function relay({ request, socket, head, target }: Passage, open: () => RecordedLink): void {
  const address = new URL(target)
  address.protocol = target.protocol === 'wss:' ? 'https:' : 'http:'
  const asked = new URL(request.url ?? '/', address)
  address.pathname = asked.pathname
  address.search = asked.search
  const send = target.protocol === 'wss:' ? requestHttps : requestHttp
  const onward = send(address, { headers: headersFor(request.headers, address) })
  onward.on('upgrade', (response, far, farHead) => {
    socket.write(headOf(response))
    const link = open()
    pass(far, socket, (chunk) => link.server(chunk))
    pass(socket, far, (chunk) => link.client(chunk))
    if (farHead.length > 0) far.unshift(farHead)
    if (head.length > 0) socket.unshift(head)
    for (const event of ['end', 'close']) {
      far.on(event, () => link.ended('server'))
      socket.on(event, () => link.ended('client'))
    }
  })
  onward.on('response', (response) => {
    socket.write(headOf(response))
    response.pipe(socket)
  })
  onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n'))
  socket.on('error', () => onward.destroy())
  onward.end()
}

/** Passes on what comes, at the pace of the receiver, and shows it. */
function pass(from: Duplex, to: Duplex, show: (chunk: Buffer) => void): void {
  from.on('data', show)
  from.pipe(to)
  from.on('close', () => to.destroy())
  from.on('error', () => to.destroy())
}

function headersFor({ host, ...headers }: IncomingHttpHeaders, address: URL): IncomingHttpHeaders {
  const { 'sec-websocket-extensions': _compression, origin, ...others } = headers
  const isOwn = origin !== undefined && URL.canParse(origin) && new URL(origin).host === host
  return { ...others, host: address.host, ...(origin !== undefined && { origin: isOwn ? address.origin : origin }) }
}

function headOf({ statusCode = 0, statusMessage = '', rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []))
  return `HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.join('\r\n')}\r\n\r\n`
}

function parseTarget(server: string): URL {
  const target = URL.canParse(server) ? new URL(server) : undefined
  if (target !== undefined && /^wss?:$/.test(target.protocol)) return target
  throw new TypeError(`server must be a WebSocket URL as ws://127.0.0.1:8800/ws, got "${server}"`)
}

const UPGRADE_REQUIRED = 426
