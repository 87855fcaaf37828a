import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A boolean that is written as its two values. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ on: Type.Boolean() }) }) },
  after: { act: command({ request: Type.Object({ on: Type.Union([Type.Literal(true), Type.Literal(false)]) }) }) },
  found: [],
  sent: { on: true },
  atOldServer: { sent: { on: false } },
}
