import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A request property that loses its default. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ limit: Type.Integer({ default: 20 }) }) }) },
  after: { act: command({ request: Type.Object({ limit: Type.Integer() }) }) },
  found: ['BREAKING act#/request/limit'],
  sent: {},
}
