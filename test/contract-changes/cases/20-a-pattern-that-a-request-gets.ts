import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A pattern that a request gets. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ s: Type.String() }) }) },
  after: { act: command({ request: Type.Object({ s: Type.String({ pattern: '^[a-z]+$' }) }) }) },
  found: ['BREAKING act#/request/s'],
  sent: { s: 'A' },
}
