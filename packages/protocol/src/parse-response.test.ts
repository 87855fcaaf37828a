import { describe, expect, it } from 'vitest'
import { BadEnvelope } from './bad-envelope.ts'
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
    [[], 'a response must be a JSON object, got an array of 0', '', ''],
    [null, 'a response must be a JSON object, got null', '', ''],
    [{ seqno: '1', status: 0 }, 'cmd must be a string, got nothing', '', '1'],
    [{ cmd: 'c', status: 0 }, 'seqno must be a string, got nothing', 'c', ''],
    [{ cmd: 'c', seqno: 1, status: 0 }, 'seqno must be a string, got 1', 'c', ''],
    [{ cmd: 'c', seqno: '1' }, 'status must be an integer, got nothing', 'c', '1'],
    [{ cmd: 'c', seqno: '1', status: '0' }, 'status must be an integer, got "0"', 'c', '1'],
    [{ cmd: 'c', seqno: '1', status: 0.5 }, 'status must be an integer, got 0.5', 'c', '1'],
    [{ cmd: 'c', seqno: '1', status: 0, msg: 3 }, 'msg must be a string, got 3', 'c', '1'],
  ])('refuses %j', (value, problem, cmd, seqno) => {
    const outcome = parseResponse(value)
    expect(outcome).toBeInstanceOf(BadEnvelope)
    expect(outcome).toEqual({ problem, cmd, seqno })
  })
})
