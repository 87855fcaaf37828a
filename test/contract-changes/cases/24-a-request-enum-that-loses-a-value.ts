import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A request enum that loses a value. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ side: Type.Enum(['left', 'right']) }) }) },
  after: { act: command({ request: Type.Object({ side: Type.Enum(['left']) }) }) },
  found: ['BREAKING act#/request/side'],
  sent: { side: 'right' },
}
