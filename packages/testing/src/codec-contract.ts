import type { ClientCodec, Codec, Payload, Request, Response } from '@wsrv/protocol'
import { describe, expect, it } from 'vitest'

/** What a codec's own contract suite needs to know of it. */
export interface CodecFacts {
  /** Payloads that the codec must refuse. */
  readonly malformed: readonly Payload[]
}

/** The one contract of every codec, a client's part included: an implementation's test is one call. */
export function describeCodec(name: string, codec: Codec | ClientCodec, { malformed }: CodecFacts): void {
  describe(`${name} as a codec`, () => {
    it.each(ENVELOPES)('writes an envelope and reads it again: %j', (envelope) => {
      expect(codec.decode(codec.encode(envelope))).toMatchObject(envelope)
    })

    it('leaves what it writes as it was', () => {
      const request = Object.freeze({ cmd: 'a', seqno: 'b', data: Object.freeze({ list: Object.freeze([1]) }) })
      codec.encode(request)
      expect(request).toEqual({ cmd: 'a', seqno: 'b', data: { list: [1] } })
    })

    it('throws a TypeError for data that cannot be written', () => {
      const cycle: Record<string, unknown> = {}
      cycle['self'] = cycle
      expect(() => codec.encode({ cmd: 'a', seqno: 'b', data: cycle })).toThrow(TypeError)
      expect(() => codec.encode({ cmd: 'a', seqno: 'b', data: 1n })).toThrow(TypeError)
    })

    it.each(malformed)('throws a SyntaxError or a TypeError for a payload that is malformed: %j', (payload) => {
      let thrown: unknown
      try {
        codec.decode(payload)
      } catch (error) {
        thrown = error
      }
      expect(thrown instanceof SyntaxError || thrown instanceof TypeError, String(thrown)).toBe(true)
    })

    if ('peek' in codec) describePeek(codec, malformed)
  })
}

function describePeek(codec: Codec, malformed: readonly Payload[]): void {
  it('finds cmd and seqno in a message that was cut off', () => {
    const payload = codec.encode({ cmd: 'chat.send', seqno: 'a1', data: { text: 'x'.repeat(100) } })
    expect(codec.peek(payload.slice(0, payload.length - 50))).toEqual({ cmd: 'chat.send', seqno: 'a1' })
  })

  it('finds them at the head of a message that is too large to read', () => {
    const payload = codec.encode({ cmd: 'chat.send', seqno: 'a1', data: 'x'.repeat(4_000_000) })
    expect(codec.peek(payload)).toEqual({ cmd: 'chat.send', seqno: 'a1' })
  })

  it.each(malformed)('finds nothing in a payload that is malformed, and does not throw: %j', (payload) => {
    expect(codec.peek(payload)).toEqual({ cmd: '', seqno: '' })
  })
}

const ENVELOPES: readonly (Request | Response)[] = [
  { cmd: 'register', seqno: 'a1', data: { uid: 1_001 } },
  { cmd: 'chat.send', seqno: 'é\u2028\u{1f600}', data: { text: '"\\\n\u0000', deep: [[[{ a: null }]]] } },
  { cmd: 'slow', seqno: 'a2', data: {}, timeoutMs: 10_000 },
  { cmd: 'register', seqno: 'a1', status: 0, msg: 'ok', data: null },
  { cmd: 'register', seqno: 'a1', status: 1_001, msg: 'taken', data: { uid: -0.5 } },
]
