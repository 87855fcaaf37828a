import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A request union that loses a variant. */
export const change: ChangeCase = {
  before: {
    act: command({
      request: Type.Object({
        part: Type.Union([Type.Object({ kind: Type.Literal('a') }), Type.Object({ kind: Type.Literal('b') })]),
      }),
    }),
  },
  after: { act: command({ request: Type.Object({ part: Type.Union([Type.Object({ kind: Type.Literal('a') })]) }) }) },
  found: ['BREAKING act#/request/part'],
  sent: { part: { kind: 'b' } },
}
