import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A union within an intersection that loses a variant. */
export const change: ChangeCase = {
  before: {
    act: command({
      request: Type.Object({
        it: Type.Intersect([
          Type.Object({ id: Type.Integer() }),
          Type.Union([Type.Object({ a: Type.String() }), Type.Object({ b: Type.Integer() })]),
        ]),
      }),
    }),
  },
  after: {
    act: command({
      request: Type.Object({
        it: Type.Intersect([Type.Object({ id: Type.Integer() }), Type.Object({ a: Type.String() })]),
      }),
    }),
  },
  found: ['BREAKING act#/request/it'],
  sent: { it: { id: 1, b: 1 } },
}
