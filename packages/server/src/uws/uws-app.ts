/** What is needed of an app of uWebSockets.js 20 or later: its `App()` and `SSLApp()` are such. */
export interface UwsApp {
  ws(pattern: string, behavior: UwsBehavior): unknown
}

/** How an app treats the WebSockets of a path. */
export interface UwsBehavior {
  /** In bytes; a larger message drops its connection. */
  maxPayloadLength: number
  /** In bytes; 0 sets no limit. */
  maxBackpressure: number
  /** Silence after which a connection is dropped, in s. */
  idleTimeout: number
  /** Whether silent peers are pinged before `idleTimeout` is over. */
  sendPingsAutomatically: boolean
  upgrade(response: UwsResponse, request: UwsRequest, context: unknown): void
  open(socket: UwsSocket): void
  /** @param message valid during the call only. */
  message(socket: UwsSocket, message: ArrayBuffer, isBinary: boolean): void
  /** @param message valid during the call only; its pong has been sent. */
  ping(socket: UwsSocket, message: ArrayBuffer): void
  pong(socket: UwsSocket): void
  /** Some of what waited for the peer has left. */
  drain(socket: UwsSocket): void
  /** The socket must not be touched any more. */
  close(socket: UwsSocket, code: number, message: ArrayBuffer): void
}

/** A request, valid while it is handed over only. */
export interface UwsRequest {
  getUrl(): string
  getQuery(): string
  getHeader(lowerCaseName: string): string
  forEach(each: (name: string, value: string) => void): void
}

/** The answer to a request; must not be touched once it has aborted or ended. */
export interface UwsResponse {
  getRemoteAddressAsText(): ArrayBuffer
  onAborted(aborted: () => void): unknown
  cork(write: () => void): unknown
  writeStatus(status: string): unknown
  writeHeader(name: string, value: string): unknown
  end(body: string, closeConnection: boolean): unknown
  upgrade(data: unknown, key: string, protocol: string, extensions: string, context: unknown): void
}

/** A WebSocket; must not be touched once it has closed. */
export interface UwsSocket {
  getUserData(): unknown
  getBufferedAmount(): number
  send(message: string | Uint8Array, isBinary: boolean): number
  /** Lets what is sent meanwhile leave in one write. */
  cork(write: () => void): unknown
  ping(): number
  /** Sends a close frame; the close handler is called at once. */
  end(code: number, reason: string): void
  /** Drops the connection; the close handler is called at once. */
  close(): void
}
