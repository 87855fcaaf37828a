import { STATUS_CODES, validateHeaderName, validateHeaderValue } from 'node:http'
import type { Duplex } from 'node:stream'

/** An HTTP answer in place of a connection. */
export interface UpgradeRefusal {
  /** HTTP status, 300 to 599. RFC 9110 §15. */
  readonly status: number
  /** Headers besides `Connection` and `Content-Length`: `Location`, `WWW-Authenticate`, `Retry-After`. Default none. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Answers an upgrade with an HTTP error and closes its socket. RFC 6455 §4.2.2. */
export function refuseUpgrade(socket: Duplex, { status, headers = {} }: UpgradeRefusal): void {
  const fields = Object.entries({ ...headers, Connection: 'close', 'Content-Length': '0' })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...fields.map(([name, value]) => `${name}: ${value}`),
  ]
  // The peer may be gone already; there is no one else to report it to.
  socket.on('error', () => undefined)
  socket.once('finish', () => socket.destroy())
  socket.end(`${head.join('\r\n')}\r\n\r\n`)
}

/** @throws TypeError when a header would break the answer: an illegal name, a line break in a value. */
export function checkHeaders({ headers = {} }: UpgradeRefusal): void {
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  }
}
