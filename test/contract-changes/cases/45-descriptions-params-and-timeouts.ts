import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** Descriptions, params and timeouts. */
export const change: ChangeCase = {
  before: { act: command({ description: 'Acts.', request: Type.Object({ a: Type.String() }) }) },
  after: {
    act: command({
      description: 'Does.',
      request: Type.Object({ a: Type.String({ description: 'A.' }) }),
      params: ['a'],
      timeoutMs: 40_000,
    }),
  },
  found: [],
  sent: { a: 'a' },
}
