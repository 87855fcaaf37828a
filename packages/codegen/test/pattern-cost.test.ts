import { searchSteps } from '@wsrv/protocol'
import { constant, constantFrom, letrec, oneof, property, sample, tuple, assert as verify } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPatternCost } from '../src/pattern/find-pattern-cost.ts'
import { countSteps } from './count-steps.ts'

const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?'
const IDENTIFIER = '(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)'

/** Patterns as applications have them, that read a text once. */
const LINEAR = [
  ['a host name', `^(?=.{1,253}$)(?:${LABEL}\\.)*${LABEL}$`],
  ['an e-mail address, by HTML', `^[a-zA-Z0-9.!#$%&'*+/=?^_\`{|}~-]+@${LABEL}(?:\\.${LABEL})*$`],
  ['a UUID', '^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'],
  ['a date', '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$'],
  ['a time', '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$'],
  [
    'a semantic version',
    `^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-(${IDENTIFIER}(?:\\.${IDENTIFIER})*))?(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$`,
  ],
  ['a slug', '^[a-z0-9]+(?:-[a-z0-9]+)*$'],
  ['an IPv4 address', '^(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}$'],
  ['base64', '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$'],
  ['a long hash', '^[0-9a-f]{128}$'],
  ['many of them', '^(?:[0-9a-f]{100})*$'],
  ['a color', '^#(?:[0-9a-f]{3}){1,2}$'],
  ['a telephone number', '^\\+?[1-9]\\d{1,14}$'],
  ['a password', '^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)[A-Za-z\\d@$!%*?&]{8,}$'],
  ['words', '^\\p{L}+(?: \\p{L}+)*$'],
  ['an identifier', '^[\\p{ID_Start}_$][\\p{ID_Continue}$]*$'],
  ['a URL', '^https?://[^\\s/]+(/[^\\s]*)?$'],
  ['a token', '^[\\w-]+\\.[\\w-]+\\.[\\w-]+$'],
  ['a quoted string', '^"(?:[^"\\\\]|\\\\.)*"$'],
  ['digits anywhere', '\\d+'],
  ['any text', '^.*$'],
] as const

/** Patterns that a text of some 30 characters keeps a server busy with for seconds, or for ever. */
const EXPONENTIAL = [
  '^(a+)+$',
  '^(a*)*$',
  '^(a|a)*$',
  '^(a|aa)+$',
  '^(\\s*\\w+\\s*)*$',
  '^([a-z0-9]+-?)+$',
  '^(\\w+\\s?)*$',
  '^(a?){30}a{30}$',
  '^(.*)*$',
  '^(ab|abab)*$',
  '^([a-c]|[c-e])*$',
  '^(x(a?b?|c?))*$',
  '(x+x+)+y',
  '^a*b(a|a)*c$',
  '^(a+){1,20}$',
  '^(a{2,61})+$',
  '^(?:a*|(a|a)*b)$',
  '^(?=(a+)+$)',
  '^(?:(?=a)a|a)*$',
  '^(?:(a|a)*b|)',
  '^(?:(?:a{1,3})*(?:[ab]*b+){1,3}|c)*$',
  '^(\\p{L}|\\w)+$',
  '^([\\u{61}-z]|a)+$',
  '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$',
] as const

const POLYNOMIAL = [
  ['^[^@]+@[^@]+\\.[^@]+$', 2],
  ['[a-z]+$', 2],
  ['\\s+$', 2],
  ['^a*a*$', 2],
  ['^(.*)-(.*)$', 2],
  ['^\\s*(.*)$', 2],
  ['^\\d+\\D*\\d+z$', 2],
  ['^(?:(?=.*x|.).)*$', 2],
  ['^\\s*(.*?)\\s*$', 3],
  ['^.*a.*b.*c$', 3],
  ['(?:((?:.*){2}a|(c+)*c?){2})', 5],
] as const

const MOST = 50_000
const CHARS = 36
const SUFFIXES = ['', 'b', 'c', '!', '\n']

/** The steps that a pattern takes at its witness, with so many repetitions. */
function stepsAt(pattern: string, pumps: number): number {
  const cost = findPatternCost(pattern)
  if (!('witness' in cost)) throw new Error(`${pattern} has no witness`)
  const { prefix, pump, suffix } = cost.witness
  return countSteps(pattern, prefix + pump.repeat(pumps) + suffix, MOST)
}

describe('what a search for a pattern costs', () => {
  it.each(LINEAR)('grows with the text: %s', (_, pattern) => {
    expect(findPatternCost(pattern)).toEqual({ kind: 'polynomial', degree: 1, factor: 1 })
  })

  it.each(EXPONENTIAL)('doubles with each repetition: %s', (pattern) => {
    expect(findPatternCost(pattern)).toMatchObject({ kind: 'exponential' })
    expect(stepsAt(pattern, 25)).toBe(MOST)
  })

  it.each(POLYNOMIAL)('grows with a power of the text: %s', (pattern, degree) => {
    expect(findPatternCost(pattern)).toMatchObject({ kind: 'polynomial', degree })
    // The witness shows one link of the chain, so it may cost less than the pattern can.
    const growth = Math.log2(stepsAt(pattern, 48) / stepsAt(pattern, 24))
    expect(growth).toBeGreaterThan(1.5)
    expect(growth).toBeLessThan(degree + 0.5)
  })

  it.each(['^(a+)+', '^(a+)+[^]*$', '(a|a)*'])(
    'counts as a square where many ways are there, and none fails: %s',
    (pattern) => {
      expect(findPatternCost(pattern)).toMatchObject({ kind: 'polynomial', degree: 2 })
    },
  )

  it.each([
    ['^(a+)\\1$', 'refers to what a group captured'],
    ['^(?<word>a+)\\k<word>$', 'refers to what a group captured'],
    ['(?<=a+)b', 'repeats within a lookbehind'],
    [`^${'(?:abcdefghij)?'.repeat(50)}$`, 'is too long to be looked into'],
  ])('is not known where no automaton can be made: %s', (pattern, reason) => {
    expect(findPatternCost(pattern)).toEqual({ kind: 'unknown', reason })
  })

  const { part } = letrec((tie) => {
    const atom = constantFrom('a', 'b', '[ab]', '.', 'c')
    const group = tuple(constantFrom('(', '(?:'), tie('part'), constant(')')).map((parts) => parts.join(''))
    const repeated = tuple(
      oneof({ maxDepth: 3 }, atom, group),
      constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '*?'),
    )
    const sequence = tuple(repeated, repeated).map((parts) => parts.flat().join(''))
    const choice = tuple(sequence, sequence).map(([one, other]) => `${one}|${other}`)
    return {
      part: oneof(
        { maxDepth: 3 },
        repeated.map((parts) => parts.join('')),
        sequence,
        choice,
      ),
    }
  })
  const patterns = tuple(constantFrom('', '^'), part, constantFrom('$', '$', 'd', '')).map(
    ([begin, body, end]) => `${begin}(?:${body})${end}`,
  )

  it('counts what is tried beside what grows with the text', () => {
    expect(findPatternCost('^(a?){8}(a?){8}b$')).toMatchObject({ kind: 'polynomial', degree: 1, factor: 12_870 })
    expect(findPatternCost(`^${'a?'.repeat(30)}${'a'.repeat(30)}$`)).toMatchObject({ kind: 'exponential' })
  })

  it('is never less than what a search by trying takes', () => {
    verify(
      property(patterns, (pattern) => {
        const cost = findPatternCost(pattern)
        if (cost.kind !== 'polynomial') return
        for (const word of ['a', 'b', 'ab', 'aab']) {
          for (const suffix of SUFFIXES) {
            const text = word.repeat(CHARS / word.length) + suffix
            // A character is looked at by each part of the pattern that it may belong to. Of the dearest the begin has to do.
            const most = Math.min(MOST, 2 * pattern.length * (searchSteps(cost, text.length) + text.length))
            if (most === MOST) continue
            expect([pattern, text, countSteps(pattern, text, most + 1) <= most]).toEqual([pattern, text, true])
          }
        }
      }),
      { numRuns: 60, seed: 1 },
    )
  })

  it('is rarely more: which way is tried first is not looked at, so that few are refused that are dear nowhere', () => {
    const refused = sample(patterns, { numRuns: 150, seed: 2 }).flatMap((pattern) => {
      const cost = findPatternCost(pattern)
      return cost.kind === 'exponential' ? [{ pattern, ...cost.witness }] : []
    })
    const isDear = ({ pattern, prefix, pump, suffix }: (typeof refused)[number]): boolean =>
      [suffix, ...SUFFIXES].some((end) => countSteps(pattern, prefix + pump.repeat(40) + end, MOST) === MOST)
    expect(refused.length).toBeGreaterThan(10)
    expect(refused.filter(isDear).length / refused.length).toBeGreaterThan(0.8)
  })
})
