import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A response enum with a new value. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ side: Type.Enum(['left', 'right']) }) }) },
  after: { act: command({ response: Type.Object({ side: Type.Enum(['left', 'right', 'top']) }) }) },
  found: ['BREAKING act#/response/side'],
  answer: { side: 'top' },
}
