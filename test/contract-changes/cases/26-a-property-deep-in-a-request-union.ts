import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A property deep in a request union. */
export const change: ChangeCase = {
  before: {
    act: command({
      request: Type.Object({
        parts: Type.Array(
          Type.Union([Type.Object({ kind: Type.Literal('a') }), Type.Object({ kind: Type.Literal('b') })]),
        ),
      }),
    }),
  },
  after: {
    act: command({
      request: Type.Object({
        parts: Type.Array(
          Type.Union([
            Type.Object({ kind: Type.Literal('a'), n: Type.Integer() }),
            Type.Object({ kind: Type.Literal('b') }),
          ]),
        ),
      }),
    }),
  },
  found: ['BREAKING act#/request/parts/*/n'],
  sent: { parts: [{ kind: 'a' }] },
}
