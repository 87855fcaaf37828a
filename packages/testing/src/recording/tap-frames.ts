import * as ws from 'ws'

/** What is seen in a stream of WebSocket frames. */
export interface FrameEvents {
  message(payload: string | Uint8Array): void
  /** A close frame. RFC 6455 §5.5.1. */
  closing(code: number, reason: string): void
}

/** Messages that are larger are passed on and not seen: what a recording would hold has to fit into memory. */
const MAX_SEEN_BYTES = 64 * 1024 * 1024

/**
 * Reads the messages in one direction of a connection, without a part in it.
 *
 * @param from whose frames these are: a client's are masked.
 * @returns a function that takes the bytes as they come; what cannot be read ends the reading, not the connection.
 */
export function tapFrames(from: 'client' | 'server', events: FrameEvents): (chunk: Uint8Array) => void {
  const receiver = new Receiver({ isServer: from === 'client', maxPayload: MAX_SEEN_BYTES })
  let isReading = true
  receiver.on('error', () => {
    isReading = false
  })
  receiver.on('message', (data, isBinary) => events.message(isBinary ? Uint8Array.from(data) : String(data)))
  receiver.on('conclude', (code, reason) => events.closing(code, String(reason)))
  return (chunk) => {
    // A copy, because the reader unmasks in place what is still on its way to the server.
    if (isReading) receiver.write(Buffer.from(chunk))
  }
}

/** The frame reader of `ws`, which its types leave out. */
interface FrameReceiver {
  on(event: 'error', listener: () => void): void
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): void
  on(event: 'conclude', listener: (code: number, reason: Buffer) => void): void
  write(chunk: Buffer): void
}

const { Receiver } = ws as unknown as {
  readonly Receiver: new (options: { readonly isServer: boolean; readonly maxPayload: number }) => FrameReceiver
}
