import type { Severity } from '@wsrv/codegen'
import { compareContracts } from '@wsrv/codegen/api'
import type { Contract } from '@wsrv/schema'
import { describe, expect, it } from 'vitest'
import { judge } from '../oracle/judge.ts'
import { randomOf } from '../oracle/values.ts'
import { SHAPE_VERDICTS } from './shape-verdicts.ts'
import { VALUE_VERDICTS } from './value-verdicts.ts'
import type { Verdict, Worst } from './verdict.ts'
import { VERDICTS } from './verdicts.ts'

/** A label says what the worst of a change is, both ways; the oracle tries to prove it wrong. */
describe.each(Object.entries({ ...VERDICTS, ...VALUE_VERDICTS, ...SHAPE_VERDICTS }))('%s', (_about, rows) => {
  it.each(Object.entries(rows))('%s', (_what, verdict) => {
    expect(worstOf(verdict)).toEqual({ request: verdict.request, response: verdict.response })
    const { before, after, types = {} } = verdict
    const subjects = { before: { schema: before, types }, after: { schema: after, types } }
    expect(judge({ ...subjects, isNeutral: false, random: randomOf(1) })).toEqual([])
  })
})

function worstOf({ before, after, types = {} }: Verdict): Record<'request' | 'response', Worst> {
  const changes = compareContracts(contractOf(before, types), contractOf(after, types))
  const worst = (where: string): Worst => {
    const own = changes.filter(({ path }) => path.startsWith(`/${where}`)).map(({ severity }) => severity)
    return ORDER.find((severity) => own.includes(severity)) ?? 'none'
  }
  return { request: worst('request'), response: worst('response') }
}

const ORDER: readonly Severity[] = ['BREAKING', 'REVIEW', 'SAFE']

function contractOf(it: object, types: Contract['types']): Contract {
  const message = { type: 'object', properties: { it }, required: ['it'] }
  const act = { cmd: 'act', request: message, response: message, errors: {}, idempotent: false }
  return { commands: [act], pushes: [], types }
}
