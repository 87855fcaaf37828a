import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A closed request with a new optional property: a deployed server refuses it. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ a: Type.String() }, { additionalProperties: false }) }) },
  after: {
    act: command({
      request: Type.Object({ a: Type.String(), b: Type.Optional(Type.String()) }, { additionalProperties: false }),
    }),
  },
  found: ['SAFE act#/request/b, servers first'],
  sent: { a: 'a' },
  atOldServer: { sent: { a: 'a', b: 'b' } },
}
