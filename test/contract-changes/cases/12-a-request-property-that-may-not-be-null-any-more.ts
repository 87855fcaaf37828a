import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A request property that may not be null any more. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ id: Type.Union([Type.Integer(), Type.Null()]) }) }) },
  after: { act: command({ request: Type.Object({ id: Type.Integer() }) }) },
  found: ['BREAKING act#/request/id'],
  sent: { id: null },
}
