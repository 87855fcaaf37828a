import { BadEnvelope, type Codec, jsonCodec, type Payload, parseRequest, type Request, STATUS } from '@wsrv/protocol'
import { findExcess } from './scan-json.ts'

/** A message that is not a request, with whatever could still be read of it. */
export interface Unreadable {
  readonly cmd: string
  readonly seqno: string
  /** What it is answered with. */
  readonly status: number
  /** What was wrong, for the client's developer. */
  readonly problem: string
}

/** Less holds too little to cost much. */
const UNSCANNED_BYTES = 16_384

const JSON_NAME = jsonCodec.name

/** As characters; of bytes only those matter that ASCII has. */
function textOf(payload: Payload): string {
  if (typeof payload === 'string') return payload
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('latin1')
}

/** Reads messages as requests. PROTOCOL.md §Bad input. */
export class MessageReader {
  readonly #codec: Codec
  readonly #maxMessageBytes: number

  constructor(codec: Codec, maxMessageBytes: number) {
    this.#codec = codec
    this.#maxMessageBytes = maxMessageBytes
  }

  /** @param bytes the payload's size on the wire. */
  read(payload: Payload, bytes: number): Request | Unreadable {
    if (bytes > this.#maxMessageBytes) {
      const problem = `the message must be at most ${this.#maxMessageBytes} bytes, got ${bytes}`
      return { ...this.#peek(payload), status: STATUS.too_large, problem }
    }
    const excess = bytes > UNSCANNED_BYTES && this.#codec.name === JSON_NAME ? findExcess(textOf(payload)) : undefined
    if (excess !== undefined) return { ...this.#peek(payload), status: STATUS.bad_request, problem: excess }
    let value: unknown
    try {
      value = this.#codec.decode(payload)
    } catch {
      const problem = `the message is not valid ${this.#codec.name.toUpperCase()}`
      return { ...this.#peek(payload), status: STATUS.bad_request, problem }
    }
    const request = parseRequest(value)
    if (!(request instanceof BadEnvelope)) return request
    const { cmd, seqno, problem } = request
    return { cmd, seqno, status: STATUS.bad_request, problem }
  }

  #peek(payload: Payload): ReturnType<Codec['peek']> {
    try {
      return this.#codec.peek(payload)
    } catch {
      return { cmd: '', seqno: '' }
    }
  }
}
