import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A request union whose variants are written in another order, one of them with more. */
export const change: ChangeCase = {
  before: {
    act: command({
      request: Type.Object({ it: Type.Union([Type.Object({ a: Type.String() }), Type.Object({ b: Type.Integer() })]) }),
    }),
  },
  after: {
    act: command({
      request: Type.Object({
        it: Type.Union([
          Type.Object({ b: Type.Integer() }),
          Type.Object({ a: Type.String(), c: Type.Optional(Type.Null()) }),
        ]),
      }),
    }),
  },
  found: ['SAFE act#/request/it/c'],
  sent: { it: { a: 'a' } },
  atOldServer: { sent: { it: { a: 'a', c: null } } },
}
