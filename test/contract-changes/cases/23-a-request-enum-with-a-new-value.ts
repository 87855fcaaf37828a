import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A request enum with a new value. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ side: Type.Enum(['left', 'right']) }) }) },
  after: { act: command({ request: Type.Object({ side: Type.Enum(['left', 'right', 'top']) }) }) },
  found: ['SAFE act#/request/side, servers first'],
  sent: { side: 'left' },
  atOldServer: { sent: { side: 'top' } },
}
