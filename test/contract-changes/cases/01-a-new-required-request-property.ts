import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A new required request property. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ name: Type.String() }) }) },
  after: { act: command({ request: Type.Object({ name: Type.String(), age: Type.Integer() }) }) },
  found: ['BREAKING act#/request/age'],
  sent: { name: 'a' },
}
