import { describe, expect, it } from 'vitest'
import { readMessage, type WireMessage } from './message.ts'
import { Session } from './session.ts'

const GRANT = { sid: 's', token: 't1', windowMs: 1_000, ackEvery: 2, ackBytes: 1_000 }

function came(payload: string): WireMessage {
  return readMessage({ atMs: 0, from: 'server', payload })
}

function ack(n: number): string {
  return JSON.stringify({ cmd: '$ack', data: { n } })
}

function open(): Session {
  const session = new Session(() => 0)
  session.begin(0, GRANT)
  return session
}

describe('a session of the page', () => {
  it('is asked for, and asked for again with what was seen and an attempt of its own', () => {
    const session = new Session(() => 0)
    expect(session.request()).toEqual({ holder: 'aaaaaaaaaaaaaaaa' })
    session.begin(0, GRANT)
    session.came(came('{"cmd":"a","seqno":"1"}'))
    session.came(came('{"cmd":"$ping","seqno":"2"}'))
    session.came(came(''))
    session.closed(1006)
    session.came(came('{"cmd":"early","seqno":"12345678"}'))
    expect(session.request()).toMatchObject({ sid: 's', token: 't1', try: 1, seen: 1 })
    expect(session.request()).toMatchObject({ try: 2 })
  })

  it('acknowledges after as many messages as the server wants', () => {
    const session = open()
    expect(session.came(came('{"cmd":"a"}'))).toBe(false)
    expect(session.isBehind).toBe(true)
    expect(session.came(came('{"cmd":"b"}'))).toBe(true)
    expect(session.ack()).toBe(ack(2))
    expect(session.isBehind).toBe(false)
  })

  it('sends again what the server has not received, and counts on from there', () => {
    const session = open()
    for (const payload of ['one', 'two', 'three']) session.sent(payload, 'a')
    session.sent('{"cmd":"$cancel"}', '$cancel')
    session.sent('', undefined)
    session.closed(4012)
    expect(session.begin(0, { ...GRANT, token: 't2', resumed: true, received: 1 })).toEqual([ack(0), 'two', 'three'])
    expect(session.resumes).toBe(1)
    session.sent('two', 'a')
    session.closed(4012)
    expect(session.begin(0, { ...GRANT, resumed: true, received: 1 })).toEqual([ack(0), 'two'])
  })

  it('is kept when a resume is refused for now, and lost where the server knows no more', () => {
    const session = open()
    session.closed(1006)
    expect(session.begin(401, undefined)).toEqual([])
    expect(session.request()).toMatchObject({ sid: 's' })
    expect(session.begin(-1, undefined)).toEqual([])
    expect(session.lost).toBe('the server has none to give')
  })

  it('counts what is missing', () => {
    const session = open()
    session.came(came('{"cmd":"$gap","seqno":"12345678","status":0,"data":{"n":3,"pushes":{"a":3}}}'))
    expect(session.missing).toBe(3)
    expect(session.ack()).toBe(ack(3))
  })

  it('says why it was lost, and is another one once it has ended', () => {
    const session = open()
    session.closed(1006)
    expect(session.begin(0, { ...GRANT, sid: 'other', resumed: false, why: 'unknown' })).toEqual([ack(0)])
    expect(session).toMatchObject({ sid: 'other', lost: 'unknown', resumes: 0 })
    session.closed(1000)
    expect(session.request()).toEqual({ holder: 'aaaaaaaaaaaaaaaa' })
  })
})
