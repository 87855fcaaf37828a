import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** An enum in an array of a request that loses a value. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ sides: Type.Array(Type.Enum(['left', 'right', 'top'])) }) }) },
  after: { act: command({ request: Type.Object({ sides: Type.Array(Type.Enum(['left', 'right'])) }) }) },
  found: ['BREAKING act#/request/sides/*'],
  sent: { sides: ['top'] },
}
