import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A response property of a wider type. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ id: Type.Integer() }) }) },
  after: { act: command({ response: Type.Object({ id: Type.Number() }) }) },
  found: ['BREAKING act#/response/id'],
  answer: { id: 1.5 },
}
