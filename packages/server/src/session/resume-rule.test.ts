import { describe, expect, it } from 'vitest'
import { judgeResume, type ResumeState } from './resume-rule.ts'
import { ResumeTokens } from './resume-tokens.ts'

const session: ResumeState = {
  knows: (token) => token === 'good',
  identity: 'ann',
  holder: 'tab 1',
  lastTry: 3,
  journal: { acked: 10, floor: 12, sent: 20 },
}
const request = { sid: 's', token: 'good', try: 4, seen: 15, holder: 'tab 1' }

describe('an attempt to resume', () => {
  it('of the rightful holder is let in', () => {
    expect(judgeResume(session, request, 'ann')).toBe('resumed')
    expect(judgeResume(session, { ...request, seen: 12 }, 'ann')).toBe('resumed')
    expect(judgeResume(session, { ...request, seen: 20 }, 'ann')).toBe('resumed')
  })

  it.each([
    ['without a session', undefined, request, 'ann'],
    ['with a wrong token', session, { ...request, token: 'bad' }, 'ann'],
    ['as somebody else', session, request, 'bob'],
    ['as nobody', session, request, undefined],
    ['from a copied tab', session, { ...request, holder: 'tab 2' }, 'ann'],
  ])('%s learns nothing, also when it is late or forged', (_, state, attempt, identity) => {
    for (const more of [{}, { try: 1 }, { seen: 99 }, { seen: 1 }]) {
      expect(judgeResume(state, { ...attempt, ...more }, identity)).toBe('unknown')
    }
  })

  it.each([1, 3])('numbered %i, which is not above the last, is late', (number) => {
    expect(judgeResume(session, { ...request, try: number }, 'ann')).toBe('late')
  })

  it('that has seen less than can be told is refused with a gap', () => {
    expect(judgeResume(session, { ...request, seen: 11 }, 'ann')).toBe('gap')
    expect(judgeResume({ ...session, journal: { acked: 16, floor: 0, sent: 20 } }, request, 'ann')).toBe('gap')
  })

  it('that has seen what was never sent is forged', () => {
    expect(judgeResume(session, { ...request, seen: 21 }, 'ann')).toBe('forged')
  })
})

describe('the tokens of a session', () => {
  it('know the presented one until its successor is confirmed, however often that is lost', () => {
    const tokens = new ResumeTokens('t1')
    for (const lost of ['t2', 't3', 't4']) {
      tokens.rotate('t1', lost)
      expect(tokens.knows('t1')).toBe(true)
    }
    expect(['t2', 't3'].map((token) => tokens.knows(token))).toEqual([false, false])
    expect(tokens.knows('t4')).toBe(true)
    tokens.confirm()
    expect(['t1', 't4', 't5', ''].map((token) => tokens.knows(token))).toEqual([false, true, false, false])
  })
})
