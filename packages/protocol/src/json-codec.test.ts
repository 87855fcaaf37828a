import { describe, expect, it, vi } from 'vitest'
import { jsonCodec } from './json-codec.ts'

const bytes = (...codes: number[]): Uint8Array => Uint8Array.from(codes)
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('jsonCodec', () => {
  it('writes the keys of a response in the order of the Go server', () => {
    expect(jsonCodec.encode({ cmd: 'c', seqno: '1', status: 0, msg: 'ok', data: {} })).toBe(
      '{"cmd":"c","seqno":"1","status":0,"msg":"ok","data":{}}',
    )
  })

  it('reads text and bytes alike', () => {
    expect(jsonCodec.decode('{"cmd":"é"}')).toEqual({ cmd: 'é' })
    expect(jsonCodec.decode(utf8('{"cmd":"é"}'))).toEqual({ cmd: 'é' })
  })

  it('reads bytes where decoders know no fatal, as in React Native', async () => {
    const { TextDecoder } = globalThis
    vi.stubGlobal(
      'TextDecoder',
      class extends TextDecoder {
        constructor(label?: string, options?: TextDecoderOptions) {
          if (options?.fatal) throw new TypeError('fatal is not supported')
          super(label, options)
        }
      },
    )
    vi.resetModules()
    const { jsonClientCodec } = await import('./json-codec.ts')
    vi.unstubAllGlobals()
    expect(jsonClientCodec.decode(utf8('{"cmd":"é"}'))).toEqual({ cmd: 'é' })
  })

  it('throws on bytes that are not UTF-8', () => {
    expect(() => jsonCodec.decode(bytes(0x22, 0xff, 0x22))).toThrow(TypeError)
  })

  it.each(['', '{', '{"cmd":"c"', "{'cmd':1}", 'undefined', '{"cmd":"c"}x'])('throws on %j', (frame) => {
    expect(() => jsonCodec.decode(frame)).toThrow(SyntaxError)
  })

  it('throws on data that JSON cannot hold', () => {
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    expect(() => jsonCodec.encode({ cmd: 'c', seqno: '1', data: cycle })).toThrow(TypeError)
    expect(() => jsonCodec.encode({ cmd: 'c', seqno: '1', data: 1n })).toThrow(TypeError)
  })

  describe('peek', () => {
    it.each([
      ['{"cmd":"register","seqno":"a1","data":{', 'register', 'a1'],
      ['{ "seqno" : "a1" , "cmd" : "register" ', 'register', 'a1'],
      ['{"cmd":"say \\"hi\\"","seqno":"\\u0041"', 'say "hi"', 'A'],
      ['{"cmd":"register","seqno":17', 'register', ''],
      ['{"cmd":"register","seqno":"cut', 'register', ''],
      ['{"cmd":"bad \\q escape","seqno":"1"', '', '1'],
      [`{"seqno":"${'s'.repeat(65)}"`, '', ''],
      ['garbage', '', ''],
      ['', '', ''],
    ])('reads what it can of %j', (frame, cmd, seqno) => {
      expect(jsonCodec.peek(frame)).toEqual({ cmd, seqno })
      expect(jsonCodec.peek(utf8(frame))).toEqual({ cmd, seqno })
    })

    it('looks no further than the first 1,024 bytes', () => {
      expect(jsonCodec.peek(`${' '.repeat(1_024)}{"cmd":"c","seqno":"1"`)).toEqual({ cmd: '', seqno: '' })
    })

    it('reads around bytes that are not UTF-8', () => {
      const frame = [...utf8('{"cmd":"c","seqno":"1","data":"'), 0xff]
      expect(jsonCodec.peek(bytes(...frame))).toEqual({ cmd: 'c', seqno: '1' })
    })
  })
})
