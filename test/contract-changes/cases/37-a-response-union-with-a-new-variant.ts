import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A response union with a new variant. */
export const change: ChangeCase = {
  before: {
    act: command({
      response: Type.Object({
        part: Type.Union([Type.Object({ kind: Type.Literal('a') }), Type.Object({ kind: Type.Literal('b') })]),
      }),
    }),
  },
  after: {
    act: command({
      response: Type.Object({
        part: Type.Union([
          Type.Object({ kind: Type.Literal('a') }),
          Type.Object({ kind: Type.Literal('b') }),
          Type.Object({ kind: Type.Literal('c') }),
        ]),
      }),
    }),
  },
  found: ['BREAKING act#/response/part'],
  answer: { part: { kind: 'c' } },
}
