import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A template literal in a response that becomes any text. */
export const change: ChangeCase = {
  before: {
    act: command({ response: Type.Object({ id: Type.TemplateLiteral([Type.Literal('id-'), Type.Integer()]) }) }),
  },
  after: { act: command({ response: Type.Object({ id: Type.String() }) }) },
  found: ['BREAKING act#/response/id'],
  answer: { id: 'x' },
  atOldServer: { answer: { id: 'id-1' } },
}
