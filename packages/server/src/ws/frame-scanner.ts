import { isUtf8 } from 'node:buffer'
import type { Payload } from '@wsrv/protocol'
import { unmask } from './unmask.ts'

/** What a {@link FrameScanner} does with what it finds. */
export interface FrameSinks {
  /** Takes a message of one frame that was whole in a chunk. */
  message(payload: Payload, bytes: number): void
  /** Takes everything else, in order: fragments, control frames, parts of frames, violations of the protocol. */
  rest(bytes: Buffer): void
  /** Part of a message came, and more of it is to come. */
  progressed(): void
}

/**
 * Fast path: parses complete, unfragmented data frames, and passes everything else to `ws`. RFC 6455 §5.2.
 *
 * The usual: one data frame, whole in a chunk, not too large. Those it reads in a third of the time that a reader takes that
 * must be ready for anything. From the first unusual frame of a chunk to the chunk's end it only counts where frames begin.
 */
export class FrameScanner {
  readonly #maxBytes: number
  readonly #sinks: FrameSinks
  /** Bytes to come of a frame that began in an earlier chunk. */
  #missingBytes = 0
  /** A header that is not whole yet, of a frame that began in an earlier chunk. */
  #header: Buffer | undefined = undefined
  #isFragmented = false
  #hasClosed = false

  /** @param maxBytes a larger message is not usual. */
  constructor(maxBytes: number, sinks: FrameSinks) {
    this.#maxBytes = maxBytes
    this.#sinks = sinks
  }

  /** Takes the next bytes of the connection; they are changed. What comes behind a close frame means nothing. RFC 6455 §5.5.1. */
  scan(chunk: Buffer): void {
    const taken = this.#isBetweenMessages() ? this.#takeMessages(chunk) : 0
    if (taken === chunk.length || this.#isOver) return
    const followed = this.#follow(chunk.subarray(taken))
    this.#sinks.rest(chunk.subarray(taken, taken + followed))
    if (!this.#hasClosed && !this.#isBetweenMessages()) this.#sinks.progressed()
  }

  /** Whether a close frame has come, to its end. */
  get #isOver(): boolean {
    return this.#hasClosed && this.#missingBytes === 0
  }

  #isBetweenMessages(): boolean {
    return this.#missingBytes === 0 && this.#header === undefined && !this.#isFragmented && !this.#hasClosed
  }

  /** Returns where the first frame begins that is not usual. */
  #takeMessages(chunk: Buffer): number {
    let at = 0
    let next = this.#takeMessage(chunk, at)
    while (next > at) {
      at = next
      next = this.#takeMessage(chunk, at)
    }
    return at
  }

  /** Returns where the next frame begins; the same place when this one is not usual. */
  #takeMessage(chunk: Buffer, at: number): number {
    const begin = payloadBegin(chunk, at)
    const bytes = begin - at === LONG_HEADER_BYTES ? uint16(chunk, at + 2) : (chunk[at + 1] ?? 0) & LENGTH
    const end = begin + bytes
    if (end > chunk.length || bytes > this.#maxBytes) return at
    unmask(chunk, begin, end)
    const payload = chunk[at] === BINARY ? chunk.subarray(begin, end) : readText(chunk, begin, end)
    if (payload === undefined) {
      // As it came, for the reader behind this one.
      unmask(chunk, begin, end)
      return at
    }
    this.#sinks.message(payload, bytes)
    return end
  }

  /**
   * Counts frames that are read elsewhere, so as to know when a chunk begins between two messages.
   *
   * @returns how many bytes belong to them: all, or those up to the end of a close frame.
   */
  #follow(rest: Buffer): number {
    const headerBytes = this.#header?.length ?? 0
    const bytes = this.#header === undefined ? rest : Buffer.concat([this.#header, rest])
    this.#header = undefined
    let at = this.#missingBytes
    while (at < bytes.length && !this.#hasClosed) {
      const length = frameBytes(bytes, at)
      if (Number.isNaN(length)) {
        this.#header = bytes.subarray(at)
        at = bytes.length
      } else {
        this.#note(bytes[at] ?? 0)
        at += length
      }
    }
    this.#missingBytes = Math.max(0, at - bytes.length)
    return Math.min(at, bytes.length) - headerBytes
  }

  #note(first: number): void {
    const opcode = first & OPCODE
    if (opcode === CLOSE_OPCODE) this.#hasClosed = true
    else if (opcode < CLOSE_OPCODE) this.#isFragmented = (first & FIN) === 0
  }
}

const FIN = 0x80
const OPCODE = 0x0f
const TEXT = 0x81
const BINARY = 0x82
const CLOSE_OPCODE = 0x8
const MASKED = 0x80
const LENGTH = 0x7f
const MASK_BYTES = 4
const LENGTH_IN_16_BITS = 126
const SHORT_HEADER_BYTES = 2 + MASK_BYTES
const LONG_HEADER_BYTES = 4 + MASK_BYTES
const LONGEST_LENGTH_BYTES = 8

/** Where the payload of a usual frame begins; `Infinity` when it is another kind of frame. */
function payloadBegin(chunk: Buffer, at: number): number {
  const first = chunk[at]
  const second = chunk[at + 1] ?? 0
  if ((first !== TEXT && first !== BINARY) || second < MASKED) return Infinity
  const length = second & LENGTH
  if (length > LENGTH_IN_16_BITS) return Infinity
  return at + (length === LENGTH_IN_16_BITS ? LONG_HEADER_BYTES : SHORT_HEADER_BYTES)
}

function uint16(bytes: Buffer, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}

/** `undefined` when the bytes are not UTF-8. */
function readText(chunk: Buffer, begin: number, end: number): string | undefined {
  const text = chunk.toString('utf8', begin, end)
  // Bad bytes decode to this character; text that has it honestly is rare, and to look for it in ASCII costs nothing.
  if (text.includes('\ufffd') && !isUtf8(chunk.subarray(begin, end))) return undefined
  return text
}

/** Bytes of the frame that begins at a place; NaN when its length is not there yet. */
function frameBytes(bytes: Buffer, at: number): number {
  const second = bytes[at + 1]
  if (second === undefined) return Number.NaN
  const header = 2 + (second & MASKED ? MASK_BYTES : 0)
  const length = second & LENGTH
  if (length < LENGTH_IN_16_BITS) return header + length
  const lengthBytes = length === LENGTH_IN_16_BITS ? 2 : LONGEST_LENGTH_BYTES
  if (at + 2 + lengthBytes > bytes.length) return Number.NaN
  if (lengthBytes === 2) return header + 2 + uint16(bytes, at + 2)
  return header + LONGEST_LENGTH_BYTES + Number(bytes.readBigUInt64BE(at + 2))
}
