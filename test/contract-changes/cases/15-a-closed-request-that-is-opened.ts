import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A closed request that is opened. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ a: Type.String() }, { additionalProperties: false }) }) },
  after: { act: command({ request: Type.Object({ a: Type.String() }) }) },
  found: ['SAFE act#/request, servers first'],
  sent: { a: 'a' },
  atOldServer: { sent: { a: 'a', more: 1 } },
}
