import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A request union of two arrays that loses one. */
export const change: ChangeCase = {
  before: {
    act: command({
      request: Type.Object({ ids: Type.Union([Type.Array(Type.String()), Type.Array(Type.Integer())]) }),
    }),
  },
  after: { act: command({ request: Type.Object({ ids: Type.Array(Type.String()) }) }) },
  found: ['BREAKING act#/request/ids'],
  sent: { ids: [1] },
}
