import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A longer minimum in a request. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ s: Type.String() }) }) },
  after: { act: command({ request: Type.Object({ s: Type.String({ minLength: 3 }) }) }) },
  found: ['BREAKING act#/request/s'],
  sent: { s: 'a' },
}
