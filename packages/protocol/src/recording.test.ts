import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatRecording, hideCredentials, parseRecording, recordedPayload, recordMessage } from './recording.ts'

const HEADER = '{"wsrv":"recording","version":1,"startedAt":"2026-01-31T12:00:00.000Z"}'
const moment = { at: 1, from: 'client' } as const

describe('a recording', () => {
  it('shows a message as JSON, and says only what is not usual', () => {
    expect(recordMessage(moment, '{"cmd":"a","seqno":"1"}')).toEqual({ ...moment, message: { cmd: 'a', seqno: '1' } })
    expect(recordMessage(moment, '')).toEqual({ ...moment, text: '' })
    expect(recordMessage(moment, '{ "cmd":"a" }')).toEqual({ ...moment, text: '{ "cmd":"a" }' })
    expect(recordMessage(moment, new TextEncoder().encode('[1]'))).toEqual({ ...moment, binary: true, message: [1] })
    expect(recordMessage(moment, Uint8Array.of(255))).toEqual({ ...moment, binary: true, base64: '/w==' })
  })

  it('keeps every message to the byte', () => {
    const payload = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.uint8Array(), fc.constant('__proto__'))
    fc.assert(
      fc.property(fc.array(payload), (payloads) => {
        const written = formatRecording({
          header: { wsrv: 'recording', version: 1, startedAt: 'then' },
          lines: payloads.map((one) => recordMessage(moment, one)),
        })
        const read = parseRecording(written).lines.map((line) => 'from' in line && recordedPayload(line))
        expect(read).toEqual(payloads)
      }),
      { numRuns: 50 },
    )
  })

  it('shows no credentials once they are hidden', () => {
    const hidden = (text: string) => JSON.stringify(hideCredentials(recordMessage(moment, text)).message)
    expect(hidden('{"cmd":"$hello","data":{"client":"x","auth":{"token":"secret"}}}')).toBe(
      '{"cmd":"$hello","data":{"client":"x","auth":"…"}}',
    )
    expect(hidden('{"cmd":"$auth","data":{"auth":"secret"}}')).toBe('{"cmd":"$auth","data":{"auth":"…"}}')
    expect(hidden('{"cmd":"login","data":{"auth":"mine"}}')).toContain('mine')
    expect(hidden('null')).toBe('null')
  })

  it('is read with empty lines, unknown keys and Windows line ends', () => {
    const { lines } = parseRecording(`${HEADER}\r\n\r\n{"at":2,"event":"close","code":1001,"more":1}\r\n`)
    expect(lines).toEqual([{ at: 2, event: 'close', code: 1001, more: 1 }])
  })

  it.each([
    ['', 'recording, line 1: must be a JSON object'],
    ['[]', 'recording, line 1: must be a JSON object'],
    ['{}', 'recording, line 1: must be the header of a recording, with "wsrv":"recording"'],
    [HEADER.replace('1,', '2,'), 'recording, line 1: version must be 1, got 2'],
    ['{"wsrv":"recording","version":1}', 'recording, line 1: startedAt must be a string'],
    [`${HEADER}\n{"at":"1"}`, 'recording, line 2: at must be a number of milliseconds, got "1"'],
    [`${HEADER}\n\n{"at":1,"from":"me"}`, 'recording, line 3: must have an event "open" or "close"'],
    [`${HEADER}\n{"at":1,"from":"client"}`, 'recording, line 2: must have a message, a text or a base64'],
  ])('refuses %j', (text, message) => {
    expect(() => parseRecording(text)).toThrow(message)
  })
})
