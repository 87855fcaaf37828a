import { STATUS_CODES } from 'node:http'
import { isIPv6, SocketAddress } from 'node:net'
import type { PendingUpgrade } from '../connection/adapter.ts'
import type { UpgradeRefusal } from '../connection/refuse-upgrade.ts'
import type { UpgradeRequest } from '../connection/transport.ts'
import type { UwsRequest, UwsResponse } from './uws-app.ts'
import { UwsConnection } from './uws-connection.ts'

/** What a socket carries: uWebSockets copies the properties, so it is not a class. */
export interface UwsUserData {
  readonly connection: UwsConnection
}

/** An upgrade of uWebSockets. Its request is copied at once: uWebSockets takes it back when the handler returns. */
export class UwsUpgrade implements PendingUpgrade {
  readonly request: UpgradeRequest
  readonly #key: string
  readonly #context: unknown
  /** There until it is answered or its client has gone: uWebSockets throws when it is touched then. */
  #response: UwsResponse | undefined
  #gone: (() => void) | undefined = undefined

  /** @param context handed over with the request. */
  constructor(response: UwsResponse, request: UwsRequest, context: unknown) {
    this.request = copyRequest(response, request)
    this.#key = request.getHeader('sec-websocket-key')
    this.#context = context
    this.#response = response
    response.onAborted(() => {
      this.#response = undefined
      this.#gone?.()
    })
  }

  accept(open: Parameters<PendingUpgrade['accept']>[0]): void {
    const data: UwsUserData = { connection: new UwsConnection(this.request, open) }
    // PROTOCOL.md §Messages: no subprotocol is negotiated; and no extension, because there is no compression.
    this.#answer((response) => response.upgrade(data, this.#key, '', '', this.#context))
  }

  refuse({ status, headers = {} }: UpgradeRefusal): void {
    this.#answer((response) => {
      response.writeStatus(`${status} ${STATUS_CODES[status] ?? ''}`)
      for (const [name, value] of Object.entries(headers)) response.writeHeader(name, value)
      response.end('', true)
    })
  }

  watch(gone: () => void): () => void {
    this.#gone = gone
    return () => {
      this.#gone = undefined
    }
  }

  #answer(write: (response: UwsResponse) => void): void {
    const response = this.#response
    this.#response = undefined
    response?.cork(() => write(response))
  }
}

function copyRequest(response: UwsResponse, request: UwsRequest): UpgradeRequest {
  const headers: Record<string, string> = {}
  request.forEach((name, value) => {
    const sooner = headers[name]
    headers[name] = sooner === undefined ? value : `${sooner}${name === 'cookie' ? '; ' : ', '}${value}`
  })
  const query = request.getQuery()
  const path = request.getUrl()
  return {
    url: query === '' ? path : `${path}?${query}`,
    headers,
    socket: { remoteAddress: shorten(Buffer.from(response.getRemoteAddressAsText()).toString()) },
  }
}

/** uWebSockets writes every zero of an IPv6 address; Node writes it as RFC 5952 wants. */
function shorten(address: string): string {
  return isIPv6(address) ? new SocketAddress({ address, family: 'ipv6' }).address : address
}
