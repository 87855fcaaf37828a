import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A new optional property that a deployed server lets through without reading it. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ a: Type.String() }) }) },
  after: { act: command({ request: Type.Object({ a: Type.String(), b: Type.Optional(Type.String()) }) }) },
  found: ['SAFE act#/request/b'],
  sent: { a: 'a' },
  atOldServer: { sent: { a: 'a', b: 'b' } },
}
