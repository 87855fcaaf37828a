import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A new optional response property. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ id: Type.Integer() }) }) },
  after: { act: command({ response: Type.Object({ id: Type.Integer(), name: Type.Optional(Type.String()) }) }) },
  found: ['SAFE act#/response/name'],
  answer: { id: 1, name: 'a' },
}
