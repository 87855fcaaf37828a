import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A request property that gets a default. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ limit: Type.Integer() }) }) },
  after: { act: command({ request: Type.Object({ limit: Type.Integer({ default: 20 }) }) }) },
  found: ['SAFE act#/request/limit, servers first'],
  sent: { limit: 5 },
  atOldServer: { sent: {} },
}
