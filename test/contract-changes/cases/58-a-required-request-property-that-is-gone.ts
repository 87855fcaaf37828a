import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A required request property that is gone: deployed servers still want it. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ a: Type.String(), b: Type.String() }) }) },
  after: { act: command({ request: Type.Object({ a: Type.String() }) }) },
  found: ['REVIEW act#/request/b, servers first'],
  sent: { a: 'a', b: 'b' },
  atOldServer: { sent: { a: 'a' } },
}
