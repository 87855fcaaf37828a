import { describe, expect, it } from 'vitest'
import { jsonCodec } from './json-codec.ts'
import { parseResponse } from './parse-response.ts'

describe('parseResponse', () => {
  it('reads a response', () => {
    expect(parseResponse(jsonCodec.decode('{"cmd":"c","seqno":"1","status":0,"msg":"ok","data":{}}'))).toEqual({
      cmd: 'c',
      seqno: '1',
      status: 0,
      msg: 'ok',
      data: {},
    })
  })

  it('keeps data that is null', () => {
    expect(parseResponse({ cmd: 'c', seqno: '1', status: 0, msg: 'ok', data: null })).toMatchObject({ data: null })
  })

  it('reads an absent msg as the empty string and absent data as an empty object', () => {
    expect(parseResponse({ cmd: 'c', seqno: '', status: -1 })).toEqual({
      cmd: 'c',
      seqno: '',
      status: -1,
      msg: '',
      data: {},
    })
  })

  it.each([
    [[], 'a response must be a JSON object, got an array of 0'],
    [null, 'a response must be a JSON object, got null'],
    [{ seqno: '1', status: 0 }, 'cmd must be a string, got nothing'],
    [{ cmd: 'c', status: 0 }, 'seqno must be a string, got nothing'],
    [{ cmd: 'c', seqno: 1, status: 0 }, 'seqno must be a string, got 1'],
    [{ cmd: 'c', seqno: '1' }, 'status must be an integer, got nothing'],
    [{ cmd: 'c', seqno: '1', status: '0' }, 'status must be an integer, got "0"'],
    [{ cmd: 'c', seqno: '1', status: 0.5 }, 'status must be an integer, got 0.5'],
    [{ cmd: 'c', seqno: '1', status: 0, msg: 3 }, 'msg must be a string, got 3'],
  ])('refuses %j', (value, problem) => {
    expect(() => parseResponse(value)).toThrow(new TypeError(problem))
  })
})
