import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonCodec } from './json-codec.ts'
import { BadEnvelope, parseRequest } from './parse-request.ts'
import { parseResponse } from './parse-response.ts'

/** How long the fuzz runs, in ms; more by WSRV_FUZZ_MS. */
const FUZZ_MS = Number(process.env['WSRV_FUZZ_MS'] ?? 2_000)

const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 64 })
const request = fc.record({ cmd: name, seqno: name, data: fc.jsonValue({ maxDepth: 8 }) })
const response = fc.record({
  cmd: fc.string({ unit: 'binary' }),
  seqno: fc.string({ unit: 'binary' }),
  status: fc.maxSafeInteger(),
  msg: fc.string({ unit: 'binary' }),
  data: fc.jsonValue(),
})
/** Objects whose keys are the envelope's, with any value under each. */
const almost = fc.record(
  { cmd: fc.anything(), seqno: fc.anything(), status: fc.anything(), msg: fc.anything(), data: fc.anything() },
  { requiredKeys: [] },
)

/** What JSON makes of a value: -0 becomes 0. */
const overJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('envelopes, by property', () => {
  it('reads back every request it writes', () => {
    fc.assert(
      fc.property(request, (sent) => {
        expect(parseRequest(jsonCodec.decode(jsonCodec.encode(sent)))).toEqual(overJson(sent))
      }),
    )
  })

  it('reads back every response it writes', () => {
    fc.assert(
      fc.property(response, (sent) => {
        expect(parseResponse(jsonCodec.decode(jsonCodec.encode(sent)))).toEqual(overJson(sent))
      }),
    )
  })

  it('peeks the same names that it parses, when they come first', () => {
    fc.assert(
      fc.property(request, (sent) => {
        const peeked = jsonCodec.peek(jsonCodec.encode(sent))
        expect(['', sent.cmd]).toContain(peeked.cmd)
      }),
    )
  })

  it('always explains, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(almost, fc.anything()), (value) => {
        const request = parseRequest(value)
        expect(request.cmd.length).toBeLessThanOrEqual(128)
        expect(request.seqno.length).toBeLessThanOrEqual(64)
        if (request instanceof BadEnvelope) expect(request.problem).toMatch(/must/)
        try {
          parseResponse(value)
        } catch (error) {
          expect((error as TypeError).message).toMatch(/must be/)
        }
      }),
      { interruptAfterTimeLimit: FUZZ_MS, numRuns: 1_000_000 },
    )
  })
})

describe('frames, mutated', () => {
  it('survives any damage to a valid frame: a request, a BadEnvelope or a SyntaxError, and a peek', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(request, damage, (sent, changes) => {
        const frame = new TextEncoder().encode(jsonCodec.encode(sent) as string)
        for (const [at, byte] of changes) frame[at % frame.length] = byte
        const peeked = jsonCodec.peek(frame)
        expect(peeked.seqno.length).toBeLessThanOrEqual(64)
        try {
          parseRequest(jsonCodec.decode(frame))
        } catch (error) {
          expect(error instanceof SyntaxError || error instanceof TypeError).toBe(true)
        }
      }),
      { interruptAfterTimeLimit: FUZZ_MS, numRuns: 1_000_000 },
    )
  })
})
