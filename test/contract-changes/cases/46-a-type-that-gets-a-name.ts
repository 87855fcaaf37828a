import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A type that gets a name. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ at: Type.Object({ x: Type.Number() }) }) }) },
  after: {
    Point: Type.Object({ x: Type.Number() }),
    act: command({ response: Type.Object({ at: Type.Object({ x: Type.Number() }) }) }),
  },
  found: [],
  answer: { at: { x: 1 } },
}
