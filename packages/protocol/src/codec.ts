import type { Request, Response, Unanswered } from './envelope.ts'

/** What one WebSocket message carries: text as a string, binary as bytes. */
export type Payload = string | Uint8Array

/** Turns envelopes into payloads and back. Seam: JSON is the default, every codec runs the same contract suite. */
export interface Codec {
  /** Name for logs: `json`. */
  readonly name: string
  /**
   * Writes an envelope; keys in the order of its interface.
   *
   * @throws TypeError when `data` cannot be written (a cycle, a bigint); of a client's codec also when it would arrive as something
   * else (a `Map`, bytes, a function, NaN).
   */
  encode(envelope: Request | Response | Unanswered): Payload
  /**
   * Reads a payload; what comes back is anything until parsed.
   *
   * @throws SyntaxError when the payload is malformed, TypeError when its bytes are not what the codec's text is made of.
   */
  decode(payload: Payload): unknown
  /** What can be read of a payload that is malformed or too large to read: only its first `PEEK_BYTES` are looked at. */
  peek(payload: Payload): { readonly cmd: string; readonly seqno: string }
}

/** The part of a codec that a client needs. */
export type ClientCodec = Pick<Codec, 'encode' | 'decode'>
