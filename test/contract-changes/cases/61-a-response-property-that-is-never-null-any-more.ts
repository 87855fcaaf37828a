import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A response property that is never null any more. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ id: Type.Union([Type.Integer(), Type.Null()]) }) }) },
  after: { act: command({ response: Type.Object({ id: Type.Integer() }) }) },
  found: ['REVIEW act#/response/id, servers first'],
  answer: { id: 1 },
  atOldServer: { answer: { id: null } },
}
