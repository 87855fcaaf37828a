import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A required property with a default within a union, where the server fills in nothing. */
export const change: ChangeCase = {
  before: {
    act: command({ request: Type.Object({ it: Type.Union([Type.Object({ kind: Type.Literal('a') }), Type.Null()]) }) }),
  },
  after: {
    act: command({
      request: Type.Object({
        it: Type.Union([Type.Object({ kind: Type.Literal('a'), n: Type.Integer({ default: 1 }) }), Type.Null()]),
      }),
    }),
  },
  found: ['BREAKING act#/request/it/n'],
  sent: { it: { kind: 'a' } },
}
