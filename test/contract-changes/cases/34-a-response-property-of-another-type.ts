import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A response property of another type. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ id: Type.Integer() }) }) },
  after: { act: command({ response: Type.Object({ id: Type.String() }) }) },
  found: ['BREAKING act#/response/id', 'REVIEW act#/response/id, servers first'],
  answer: { id: '1' },
  atOldServer: { answer: { id: 1 } },
}
