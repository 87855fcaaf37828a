import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A new required response property. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ id: Type.Integer() }) }) },
  after: { act: command({ response: Type.Object({ id: Type.Integer(), name: Type.String() }) }) },
  found: ['REVIEW act#/response/name, servers first'],
  answer: { id: 1, name: 'a' },
  atOldServer: { answer: { id: 1 } },
}
