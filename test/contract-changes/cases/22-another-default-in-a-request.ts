import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** Another default in a request. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ limit: Type.Integer({ default: 20 }) }) }) },
  after: { act: command({ request: Type.Object({ limit: Type.Integer({ default: 50 }) }) }) },
  found: ['REVIEW act#/request/limit'],
  sent: {},
}
