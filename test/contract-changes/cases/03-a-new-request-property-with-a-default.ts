import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A new request property with a default. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ name: Type.String() }) }) },
  after: { act: command({ request: Type.Object({ name: Type.String(), age: Type.Integer({ default: 18 }) }) }) },
  found: ['SAFE act#/request/age'],
  sent: { name: 'a' },
}
