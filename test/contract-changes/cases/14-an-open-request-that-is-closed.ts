import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** An open request that is closed. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ a: Type.String() }) }) },
  after: { act: command({ request: Type.Object({ a: Type.String() }, { additionalProperties: false }) }) },
  found: ['BREAKING act#/request'],
  sent: { a: 'a', extra: true },
}
