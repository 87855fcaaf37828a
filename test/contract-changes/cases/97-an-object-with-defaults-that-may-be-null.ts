import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

const page = Type.Object({ limit: Type.Integer({ default: 20 }) })

/** An object with a default that may be null: within a choice nothing is filled in, and deployed clients get 400. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ page }) }) },
  after: { act: command({ request: Type.Object({ page: Type.Union([page, Type.Null()]) }) }) },
  found: ['BREAKING act#/request/page/limit', 'SAFE act#/request/page, servers first'],
  sent: { page: {} },
  atOldServer: { sent: { page: null } },
}
