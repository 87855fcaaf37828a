import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Duplex } from 'node:stream'

/** An upgrade that is passed on. */
export interface RelayedUpgrade {
  readonly socket: Duplex
  /** What came behind the request already. */
  readonly head: Buffer
  readonly target: URL
}

/** What the two ends of a WebSocket have to tell each other. Nothing else is passed on: no cookie, no `Origin`. RFC 6455 §4.1. */
const PASSED = ['connection', 'upgrade', 'sec-websocket-key', 'sec-websocket-version', 'sec-websocket-extensions']

/** Passes an upgrade and every byte behind it on to another server, and its answers back. */
export function relayUpgrade(request: IncomingMessage, { socket, head, target }: RelayedUpgrade): void {
  const headers = Object.fromEntries(
    PASSED.map((name) => [name, request.headers[name] ?? '']).filter(([, value]) => value),
  )
  const address = new URL(target)
  address.protocol = target.protocol === 'wss:' ? 'https:' : 'http:'
  const send = target.protocol === 'wss:' ? requestHttps : requestHttp
  const onward = send(address, { headers })
  onward.on('upgrade', (response, far, farHead) => {
    socket.write(writeHead(response))
    socket.write(farHead)
    far.write(head)
    join(socket, far)
  })
  onward.on('response', (response) => socket.end(writeHead(response)))
  onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n'))
  socket.on('error', () => onward.destroy())
  onward.end()
}

/** Ties two sockets together: what ends one ends the other. */
function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to)
    from.on('close', () => to.destroy())
    from.on('error', () => to.destroy())
  }
}

function writeHead({ statusCode = 0, statusMessage = '', rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []))
  return `HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.join('\r\n')}\r\n\r\n`
}
