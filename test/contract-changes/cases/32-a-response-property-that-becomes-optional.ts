import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A response property that becomes optional. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ id: Type.Integer() }) }) },
  after: { act: command({ response: Type.Object({ id: Type.Optional(Type.Integer()) }) }) },
  found: ['BREAKING act#/response/id'],
  answer: {},
}
