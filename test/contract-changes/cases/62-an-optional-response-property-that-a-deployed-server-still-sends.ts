import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** An optional response property that is gone, and that a deployed server still sends. */
export const change: ChangeCase = {
  before: {
    act: command({
      response: Type.Object(
        { id: Type.Integer(), name: Type.Optional(Type.String()) },
        { additionalProperties: false },
      ),
    }),
  },
  after: { act: command({ response: Type.Object({ id: Type.Integer() }, { additionalProperties: false }) }) },
  found: ['SAFE act#/response/name'],
  answer: { id: 1 },
  atOldServer: { answer: { id: 1, name: 'a' } },
}
