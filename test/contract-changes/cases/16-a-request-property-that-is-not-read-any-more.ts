import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A request property that is not read any more. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ a: Type.String(), b: Type.Optional(Type.String()) }) }) },
  after: { act: command({ request: Type.Object({ a: Type.String() }) }) },
  found: ['REVIEW act#/request/b'],
  sent: { a: 'a', b: 'b' },
}
