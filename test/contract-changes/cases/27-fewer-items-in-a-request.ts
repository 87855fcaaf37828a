import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** Fewer items in a request. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ tags: Type.Array(Type.String()) }) }) },
  after: { act: command({ request: Type.Object({ tags: Type.Array(Type.String(), { maxItems: 2 }) }) }) },
  found: ['BREAKING act#/request/tags'],
  sent: { tags: ['a', 'b', 'c'] },
}
