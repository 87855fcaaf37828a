import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A request property of a narrower type. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ id: Type.Number() }) }) },
  after: { act: command({ request: Type.Object({ id: Type.Integer() }) }) },
  found: ['BREAKING act#/request/id'],
  sent: { id: 7.5 },
}
