import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A request property that may be null. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ id: Type.Integer() }) }) },
  after: { act: command({ request: Type.Object({ id: Type.Union([Type.Integer(), Type.Null()]) }) }) },
  found: ['SAFE act#/request/id, servers first'],
  sent: { id: 7 },
  atOldServer: { sent: { id: null } },
}
