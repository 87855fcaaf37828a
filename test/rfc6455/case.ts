/** One case of the WebSocket layer: bytes in, frames out. */
export interface Rfc6455Case {
  /** What holds, in the present tense; the list of titles is the specification. */
  readonly title: string
  /** What the client writes, one TCP write each. */
  readonly sends: readonly Uint8Array[]
  /**
   * What the server answers, in the words of `TcpPeer.next`. When the last is a close, the server then ends the connection.
   * When nothing says that it closes, the connection goes on: a call that was in flight before is answered after, and so
   * is a new one.
   */
  readonly answers: readonly string[]
  /**
   * The close code that the server sends of its own after the answers, and then ends the connection. `onDisconnect` tells
   * 1006, for the peer sent no close, and which rule the peer broke. RFC 6455 §7.1.5 and §7.1.7.
   */
  readonly violation?: number
  /** The close code that `onDisconnect` tells, where the answer has none. RFC 6455 §7.1.5. */
  readonly toldCode?: number
}

/** A section of RFC 6455 and its cases. */
export interface Rfc6455Section {
  readonly section: string
  readonly cases: readonly Rfc6455Case[]
}
