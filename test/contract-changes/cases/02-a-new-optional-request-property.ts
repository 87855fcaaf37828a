import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A new optional request property. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ name: Type.String() }) }) },
  after: { act: command({ request: Type.Object({ name: Type.String(), age: Type.Optional(Type.Integer()) }) }) },
  found: ['SAFE act#/request/age'],
  sent: { name: 'a' },
}
