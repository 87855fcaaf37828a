import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A request union that loses one of two objects that nothing tells apart by name. */
export const change: ChangeCase = {
  before: {
    act: command({
      request: Type.Object({ it: Type.Union([Type.Object({ a: Type.String() }), Type.Object({ b: Type.Integer() })]) }),
    }),
  },
  after: { act: command({ request: Type.Object({ it: Type.Union([Type.Object({ a: Type.String() })]) }) }) },
  found: ['BREAKING act#/request/it'],
  sent: { it: { b: 1 } },
  atOldServer: { sent: { it: { a: 'a' } } },
}
