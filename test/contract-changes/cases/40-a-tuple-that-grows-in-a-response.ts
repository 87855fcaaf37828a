import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A tuple that grows in a response. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ at: Type.Tuple([Type.Number(), Type.Number()]) }) }) },
  after: { act: command({ response: Type.Object({ at: Type.Tuple([Type.Number(), Type.Number(), Type.Number()]) }) }) },
  found: ['BREAKING act#/response/at', 'REVIEW act#/response/at, servers first'],
  answer: { at: [1, 2, 3] },
  atOldServer: { answer: { at: [1, 2] } },
}
