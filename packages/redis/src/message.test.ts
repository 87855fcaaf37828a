import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMessage, type Entry, encodeEntry, encodeMessage } from './message.ts'

const text = fc.string({ unit: 'binary', maxLength: 40 })
const count = fc.nat()

const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc
    .record({ cmd: text, seqno: fc.string({ maxLength: 20 }), payload: fc.uint8Array(), isBinary: fc.boolean() })
    .chain((push) =>
      fc
        .option(text, { nil: undefined })
        .map((except) => ({ kind: 'push' as const, ...push, except: except || undefined })),
    ),
  fc.array(fc.tuple(text, count)).map((pushes) => ({ kind: 'lost' as const, pushes: new Map(pushes) })),
  fc.record({ kind: fc.constant('answer' as const), id: count, isDone: fc.boolean() }),
  fc.record({ kind: fc.constant('probe' as const), id: count }),
  fc.record({
    kind: fc.constant('ask' as const),
    id: count,
    sid: text,
    request: fc.oneof(
      fc.record({ kind: fc.constant('close' as const), code: count, reason: text }),
      fc.record({ kind: fc.constantFrom('join' as const, 'leave' as const), room: text }),
      fc.record({ kind: fc.constant('find' as const) }),
    ),
  }),
)

const bytesOf = (value: Entry): unknown =>
  value.kind === 'push' ? { ...value, payload: Buffer.from(value.payload) } : value

describe('a message', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.array(entry), fc.nat({ max: 2 ** 40 }), (entries, number) => {
        const message = decodeMessage(encodeMessage('node', number, entries.map(encodeEntry)))
        expect(message).toEqual({ node: 'node', number, entries: entries.map(bytesOf) })
      }),
    )
  })

  it('that is cut off or changed anywhere is read, or refused with an Error, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1 }), fc.nat(), fc.nat({ max: 255 }), (entries, at, byte) => {
        const whole = encodeMessage('node', 1, entries.map(encodeEntry))
        const changed = Buffer.from(whole)
        changed[at % whole.length] = byte
        for (const bytes of [whole.subarray(0, at % whole.length), changed]) {
          try {
            decodeMessage(bytes)
          } catch (error) {
            expect(error).toBeInstanceOf(Error)
          }
        }
      }),
    )
  })

  it('of this version stays what it is: servers of the last release read it', () => {
    const push: Entry = {
      kind: 'push',
      cmd: 'note',
      seqno: 'abcdefgh',
      except: undefined,
      payload: Buffer.from('{}'),
      isBinary: false,
    }
    const hex = encodeMessage('n1', 258, [encodeEntry(push), encodeEntry({ kind: 'probe', id: 7 })]).toString('hex')
    const head = '7701026e31000000000102'
    const body = '0100000013' + '00046e6f7465' + '086162636465666768' + '0000' + '7b7d'
    expect(hex).toBe(`${head}${body}0700000008${Buffer.from('{"id":7}').toString('hex')}`)
  })

  it('skips entries of a kind that is not known yet', () => {
    const unknown = Buffer.from([200, 0, 0, 0, 2, 1, 2])
    const probe = encodeEntry({ kind: 'probe', id: 1 })
    expect(decodeMessage(encodeMessage('n', 1, [unknown, probe])).entries).toEqual([{ kind: 'probe', id: 1 }])
  })

  it('of another version is refused with both', () => {
    const message = encodeMessage('n', 1, [])
    message[1] = 2
    expect(() => decodeMessage(message)).toThrow('message version 2, expected 1')
  })
})
