import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A bound that is written in another way. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ n: Type.Integer({ minimum: 1 }), s: Type.String() }) }) },
  after: {
    act: command({
      request: Type.Object({ n: Type.Integer({ exclusiveMinimum: 0 }), s: Type.String({ minLength: 0 }) }),
    }),
  },
  found: [],
  sent: { n: 1, s: '' },
  atOldServer: { sent: { n: 1, s: '' } },
}
