import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A response enum that loses a value: a deployed server still gives it. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ side: Type.Enum(['left', 'right', 'top']) }) }) },
  after: { act: command({ response: Type.Object({ side: Type.Enum(['left', 'right']) }) }) },
  found: ['REVIEW act#/response/side, servers first'],
  answer: { side: 'left' },
  atOldServer: { answer: { side: 'top' } },
}
