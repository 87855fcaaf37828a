import { describe, expect, it } from 'vitest'
import type { OutgoingMessage } from '../connection/outgoing-message.ts'
import { encodeFrames } from './frame.ts'

const message = (payload: string | Uint8Array, given: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  payload,
  isBinary: false,
  isShared: false,
  frame: undefined,
  kind: 'push',
  label: 'tick',
  holders: 0,
  ...given,
})

const bytesOf = (...messages: readonly OutgoingMessage[]): Buffer => {
  const frames = encodeFrames(messages)
  return typeof frames === 'string' ? Buffer.from(frames, 'latin1') : Buffer.from(frames)
}

describe('frames', () => {
  it.each([
    ['ASCII text', message('hi'), [0x81, 2, 0x68, 0x69]],
    ['other text', message('é'), [0x81, 2, 0xc3, 0xa9]],
    ['text in a binary frame', message('hi', { isBinary: true }), [0x82, 2, 0x68, 0x69]],
    ['bytes', message(new Uint8Array([0, 255]), { isBinary: true }), [0x82, 2, 0, 255]],
    ['an empty message', message(''), [0x81, 0]],
  ])('of %s', (_title, one, expected) => {
    expect([...bytesOf(one)]).toEqual(expected)
  })

  it.each([
    [125, [0x81, 125]],
    [126, [0x81, 126, 0, 126]],
    [2_048, [0x81, 126, 8, 0]],
    [2_049, [0x81, 126, 8, 1]],
    [65_535, [0x81, 126, 255, 255]],
    [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
  ])('of %i bytes have their header', (length, header) => {
    for (const payload of ['x'.repeat(length), Buffer.alloc(length, 'x')]) {
      expect(bytesOf(message(payload)).equals(Buffer.concat([Buffer.from(header), Buffer.alloc(length, 'x')]))).toBe(
        true,
      )
    }
  })

  it.each([62, 63, 64, 40_000])('of %i two-byte characters have the header of their bytes', (length) => {
    const payload = 'é'.repeat(length)
    const frame = bytesOf(message(payload))
    expect(frame.subarray(-length * 2).toString()).toBe(payload)
    expect(frame.length - length * 2).toBe(headerBytes(length * 2))
  })

  it('of many messages stand one after the other', () => {
    const shared = message('s', { isShared: true })
    const expected = [0x81, 1, 0x61, 0x81, 1, 0x73, 0x81, 1, 0x62]
    expect([...bytesOf(message('a'), shared, message('b'))]).toEqual(expected)
    expect([...bytesOf(message('é'), shared, message('b'))]).toEqual([0x81, 2, 0xc3, 0xa9, ...expected.slice(3)])
  })

  it('of a shared message are made once', () => {
    const shared = message('news', { isShared: true })
    expect(encodeFrames([shared])).toBe(encodeFrames([shared]))
  })
})

function headerBytes(bytes: number): number {
  if (bytes < 126) return 2
  return bytes < 65_536 ? 4 : 10
}
