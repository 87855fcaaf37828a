import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A response property that may be null. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ id: Type.Integer() }) }) },
  after: { act: command({ response: Type.Object({ id: Type.Union([Type.Integer(), Type.Null()]) }) }) },
  found: ['BREAKING act#/response/id'],
  answer: { id: null },
}
