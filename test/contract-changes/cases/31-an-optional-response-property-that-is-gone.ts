import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** An optional response property that is gone. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ id: Type.Integer(), name: Type.Optional(Type.String()) }) }) },
  after: { act: command({ response: Type.Object({ id: Type.Integer() }) }) },
  found: ['SAFE act#/response/name'],
  answer: { id: 1 },
}
