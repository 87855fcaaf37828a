import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** Another pattern in a request. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ s: Type.String({ pattern: '^[a-z]+$' }) }) }) },
  after: { act: command({ request: Type.Object({ s: Type.String({ pattern: '^[a-z0-9]+$' }) }) }) },
  found: ['REVIEW act#/request/s'],
  sent: { s: 'a' },
}
