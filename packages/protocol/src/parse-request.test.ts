import { describe, expect, it } from 'vitest'
import { jsonCodec } from './json-codec.ts'
import { BadEnvelope, parseRequest } from './parse-request.ts'

function parse(frame: string): unknown {
  return parseRequest(jsonCodec.decode(frame))
}

function problemOf(frame: string): BadEnvelope {
  const outcome = parse(frame)
  expect(outcome).toBeInstanceOf(BadEnvelope)
  return outcome as BadEnvelope
}

describe('parseRequest', () => {
  it('reads a request', () => {
    expect(parse('{"cmd":"register","seqno":"a1","data":{"uid":1}}')).toEqual({
      cmd: 'register',
      seqno: 'a1',
      data: { uid: 1 },
    })
  })

  it('reads keys in any order and ignores the ones it does not know', () => {
    expect(parse('{"x":[1],"data":null,"seqno":"a1","cmd":"register"}')).toEqual({
      cmd: 'register',
      seqno: 'a1',
      data: null,
    })
  })

  it('reads an absent seqno as the empty string and absent data as an empty object', () => {
    expect(parse('{"cmd":"register"}')).toEqual({ cmd: 'register', seqno: '', data: {} })
  })

  it.each([[1], [64]])('takes a seqno of %i characters', (length) => {
    const seqno = 's'.repeat(length)
    expect(parse(`{"cmd":"c","seqno":"${seqno}","data":{}}`)).toEqual({ cmd: 'c', seqno, data: {} })
  })

  it.each([
    ['17', 'seqno must be a string of 1 to 64 characters, got 17'],
    ['""', 'seqno must be a string of 1 to 64 characters, got ""'],
    ['null', 'seqno must be a string of 1 to 64 characters, got null'],
    ['["a"]', 'seqno must be a string of 1 to 64 characters, got an array of 1'],
    ['{}', 'seqno must be a string of 1 to 64 characters, got an object'],
    ['true', 'seqno must be a string of 1 to 64 characters, got true'],
    [`"${'s'.repeat(65)}"`, `seqno must be a string of 1 to 64 characters, got "${'s'.repeat(40)}…" (65 characters)`],
  ])('refuses the seqno %s and keeps the cmd', (seqno, problem) => {
    expect(problemOf(`{"cmd":"register","seqno":${seqno},"data":{}}`)).toEqual({ problem, cmd: 'register', seqno: '' })
  })

  it.each([
    ['{"seqno":"a1"}', 'cmd must be a string of 1 to 128 characters, got nothing'],
    ['{"cmd":"","seqno":"a1"}', 'cmd must be a string of 1 to 128 characters, got ""'],
    ['{"cmd":7,"seqno":"a1"}', 'cmd must be a string of 1 to 128 characters, got 7'],
    [
      `{"cmd":"${'c'.repeat(129)}","seqno":"a1"}`,
      `cmd must be a string of 1 to 128 characters, got "${'c'.repeat(40)}…" (129 characters)`,
    ],
  ])('refuses the cmd of %s and keeps the seqno', (frame, problem) => {
    expect(problemOf(frame)).toEqual({ problem, cmd: '', seqno: 'a1' })
  })

  it('keeps neither when both are wrong', () => {
    expect(problemOf('{"cmd":7,"seqno":8}')).toMatchObject({ cmd: '', seqno: '' })
  })

  it.each([
    ['[]', 'a request must be a JSON object, got an array of 0'],
    ['null', 'a request must be a JSON object, got null'],
    ['"register"', 'a request must be a JSON object, got "register"'],
    ['12', 'a request must be a JSON object, got 12'],
    ['true', 'a request must be a JSON object, got true'],
  ])('refuses %s', (frame, problem) => {
    expect(problemOf(frame)).toEqual({ problem, cmd: '', seqno: '' })
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('takes %s as a name like any other', (name) => {
    expect(parse(`{"cmd":"${name}","seqno":"${name}","data":{}}`)).toEqual({ cmd: name, seqno: name, data: {} })
  })

  it('leaves prototypes alone when __proto__ is a key', () => {
    const request = parse('{"cmd":"c","seqno":"1","data":{"__proto__":{"admin":true}},"__proto__":{"cmd":"x"}}')
    expect(request).toMatchObject({ cmd: 'c' })
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it('reads how long the caller waits, and ignores what is no positive integer', () => {
    const timeoutMs = (json: string): unknown => parse(`{"cmd":"c","seqno":"1","data":{},"timeoutMs":${json}}`)
    expect(timeoutMs('5000')).toEqual({ cmd: 'c', seqno: '1', data: {}, timeoutMs: 5_000 })
    for (const json of ['0', '-1', '1.5', '1e400', '"5"', 'null', '[]', '{}']) {
      expect(timeoutMs(json)).toEqual({ cmd: 'c', seqno: '1', data: {} })
    }
  })

  it('takes data nested 64 deep and refuses 65', () => {
    const nested = (levels: number): string =>
      `{"cmd":"c","seqno":"1","data":${'['.repeat(levels)}${']'.repeat(levels)}}`
    expect(parse(nested(64))).toMatchObject({ cmd: 'c' })
    expect(problemOf(nested(65))).toEqual({
      problem: 'data must not be nested deeper than 64 levels',
      cmd: 'c',
      seqno: '1',
    })
  })

  it('does not overflow on 100,000 levels', () => {
    expect(problemOf(`{"cmd":"c","seqno":"1","data":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`).seqno).toBe(
      '1',
    )
  })
})
