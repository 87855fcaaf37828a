import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A request that is closed and loses a property. */
export const change: ChangeCase = {
  before: {
    act: command({
      request: Type.Object({ a: Type.String(), b: Type.Optional(Type.String()) }, { additionalProperties: false }),
    }),
  },
  after: { act: command({ request: Type.Object({ a: Type.String() }, { additionalProperties: false }) }) },
  found: ['BREAKING act#/request/b'],
  sent: { a: 'a', b: 'b' },
}
