import type { Writable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as ws from 'ws'
import { FrameScanner } from './frame-scanner.ts'

/** The reader behind the scanner; its types do not name it. */
const { Receiver } = ws as unknown as { Receiver: new (options: object) => Writable }

const MASK = Buffer.from([0x11, 0x82, 0xf3, 0x64])

/** A client's frame. RFC 6455 §5.2. */
function frame(first: number, payload: Buffer): Buffer {
  const { length } = payload
  const header = Buffer.from(length < 126 ? [first, 0x80 | length] : [first, 0x80 | 126, length >> 8, length & 0xff])
  return Buffer.concat([header, MASK, payload.map((byte, at) => byte ^ (MASK[at & 3] ?? 0))])
}

function scan(chunks: readonly Buffer[], maxBytes = 10_000): { messages: unknown[]; rest: Buffer[] } {
  const found: { messages: unknown[]; rest: Buffer[] } = { messages: [], rest: [] }
  const scanner = new FrameScanner(maxBytes, {
    message: (payload, bytes) => found.messages.push([typeof payload === 'string' ? payload : [...payload], bytes]),
    rest: (bytes) => found.rest.push(Buffer.from(bytes)),
    progressed: () => undefined,
  })
  for (const chunk of chunks) scanner.scan(Buffer.from(chunk))
  return found
}

const text = frame(0x81, Buffer.from('é'))
const binary = frame(0x82, Buffer.from([1, 2, 3]))
const ping = frame(0x89, Buffer.from('p'))

describe('a scanner of frames', () => {
  it('takes text, bytes, empty and long messages that are whole in a chunk', () => {
    const long = 'x'.repeat(5_000)
    const all = Buffer.concat([text, binary, frame(0x81, Buffer.alloc(0)), frame(0x81, Buffer.from(long))])
    expect(scan([all])).toEqual({
      messages: [
        ['é', 2],
        [[1, 2, 3], 3],
        ['', 0],
        [long, 5_000],
      ],
      rest: [],
    })
  })

  it.each<[string, Buffer]>([
    ['a control frame', ping],
    ['a fragment', frame(0x01, Buffer.from('a'))],
    ['a continuation', frame(0x80, Buffer.from('a'))],
    ['a frame without a mask', Buffer.from([0x81, 1, 0x61])],
    ['a frame with a reserved bit', frame(0xc1, Buffer.from('a'))],
    ['a frame of an unknown kind', frame(0x83, Buffer.from('a'))],
    ['a length in 64 bits', Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 0, 0, 1, ...MASK, 0])],
    ['a message that is too large', frame(0x81, Buffer.alloc(10_001, 0x61))],
    ['text that is no UTF-8, as it came', frame(0x81, Buffer.from([0x7b, 0xff]))],
    ['a part of a frame', text.subarray(0, 5)],
    ['a part of a header', text.subarray(0, 1)],
  ])('leaves %s, and everything behind it in the chunk', (_, unusual) => {
    expect(scan([Buffer.concat([text, unusual, binary])])).toEqual({
      messages: [['é', 2]],
      rest: [Buffer.concat([unusual, binary])],
    })
  })

  it('takes the character that bad bytes decode to', () => {
    expect(scan([frame(0x81, Buffer.from('\ufffd'))]).messages).toEqual([['\ufffd', 3]])
  })

  it('goes on with the chunk that begins between two messages', () => {
    const fragments = [frame(0x01, Buffer.from('a')), ping, frame(0x80, Buffer.from('b'))]
    const { messages, rest } = scan([text.subarray(0, 3), text.subarray(3), text, ...fragments, text])
    expect(messages).toEqual([
      ['é', 2],
      ['é', 2],
    ])
    expect(Buffer.concat(rest)).toEqual(Buffer.concat([text, ...fragments]))
  })

  it('lets nothing pass behind a close frame, however it is cut', () => {
    const close = frame(0x88, Buffer.from([0x03, 0xe8]))
    const all = Buffer.concat([ping, close, text, ping])
    for (let at = 0; at <= all.length; at += 1) {
      const { messages, rest } = scan([text, all.subarray(0, at), all.subarray(at), text])
      expect([messages, Buffer.concat(rest)]).toEqual([[['é', 2]], Buffer.concat([ping, close])])
    }
  })

  it('loses nothing and keeps the order, however the bytes are cut', () => {
    const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array))
    const string = fc.string({ unit: 'binary', maxLength: 400 }).map((value) => Buffer.from(value.toWellFormed()))
    const message = fc.oneof(
      string.map((payload) => ({ frames: [frame(0x81, payload)], payload })),
      bytes.map((payload) => ({ frames: [frame(0x82, payload)], payload })),
      fc.tuple(bytes, bytes).map(([one, other]) => ({
        frames: [frame(0x02, one), ping, frame(0x80, other)],
        payload: Buffer.concat([one, other]),
      })),
    )
    const cuts = fc.array(fc.integer({ min: 1, max: 600 }), { maxLength: 30 })
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), cuts, (sent, sizes) => {
        const received = readAll(cut(Buffer.concat(sent.flatMap(({ frames }) => frames)), sizes))
        expect(received).toEqual(sent.map(({ payload }) => payload.toString('hex')))
      }),
    )
  })
})

/** Cuts bytes into chunks of these sizes and the rest. */
function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  let at = 0
  for (const size of [...sizes, bytes.length]) {
    if (at < bytes.length) chunks.push(bytes.subarray(at, at + size))
    at += size
  }
  return chunks
}

/** What a scanner and the reader behind it make of chunks, as hex. */
function readAll(chunks: readonly Buffer[]): string[] {
  const messages: string[] = []
  const reader = new Receiver({ isServer: true, maxPayload: 10_000 })
  reader.on('message', (data: Buffer) => messages.push(data.toString('hex')))
  const scanner = new FrameScanner(10_000, {
    message: (payload) => messages.push(Buffer.from(payload as string).toString('hex')),
    progressed: () => undefined,
    rest: (bytes) => reader.write(bytes),
  })
  for (const chunk of chunks) scanner.scan(Buffer.from(chunk))
  return messages
}
