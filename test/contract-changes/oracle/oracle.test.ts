import { compareContracts } from '@wsrv/codegen/api'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { number, object, tagged, text } from '../verdicts/build.ts'
import { type Fault, judge } from './judge.ts'
import { editedOf, runTrial, trial } from './oracle.ts'
import type { Schema } from './schemas.ts'
import { typeAccepts } from './type-accepts.ts'
import { randomOf } from './values.ts'

/** A sample of what `pnpm oracle` runs at length. */
const EDITS = 250

describe('the comparer', () => {
  it(`says nothing wrong of ${EDITS} random edits`, { timeout: 120_000 }, () => {
    const wrong = fc.sample(trial, { seed: 11, numRuns: EDITS }).flatMap((one) => {
      return runTrial(one).flatMap(({ kind, said, witness }) => {
        return kind === 'false BREAKING' ? [] : [{ kind, said, witness, before: one.before, after: editedOf(one) }]
      })
    })
    expect(wrong).toEqual([])
  })
})

describe('the oracle', () => {
  it('takes for sent what another branch declares, unless it is told apart', () => {
    const accepts = (value: object, ...anyOf: readonly Schema[]): boolean =>
      typeAccepts({ anyOf }, value, { types: {}, isSent: true, isExact: true })
    const needy = object({ a: number, c: text }, { required: ['c'] })
    expect(accepts({ b: 'x', a: 1 }, needy, object({ b: text }))).toBe(true)
    expect(accepts({ b: 'x', a: 'y' }, needy, object({ b: text }))).toBe(false)
    expect(accepts({ kind: 'y', a: 1 }, tagged('x', { a: number }), tagged('y'))).toBe(false)
  })

  const kindsOf = (compare: typeof compareContracts): ReadonlySet<Fault['kind']> => {
    const faults = fc.sample(trial, { seed: 12, numRuns: 60 }).flatMap((one) => {
      const isNeutral = one.edits.every(({ kind }) => kind === 'describe')
      return judge({ before: one.before, after: editedOf(one), isNeutral, random: randomOf(one.seed), compare })
    })
    return new Set(faults.map(({ kind }) => kind))
  }

  it('catches a comparer that calls everything safe', () => {
    expect(kindsOf(() => [])).toContain('false SAFE')
  })

  it('catches a comparer that sees a break in everything', () => {
    const alarm = {
      id: '',
      severity: 'BREAKING',
      cmd: 'act',
      before: '',
      after: '',
      breaks: [],
      suggestion: '',
    } as const
    const kinds = kindsOf(() => [{ ...alarm, path: '/request' }])
    expect(kinds).toContain('false BREAKING')
  })

  it('catches a comparer that throws', () => {
    const failing: typeof compareContracts = () => {
      throw new Error('no')
    }
    expect(kindsOf(failing)).toEqual(new Set(['crash']))
  })

  it('catches a comparer that overlooks what is added to a choice', () => {
    const kinds = kindsOf((before, after) => compareContracts(before, after).filter(({ path }) => path.length > 12))
    expect(kinds).toContain('false SAFE')
  })
})
