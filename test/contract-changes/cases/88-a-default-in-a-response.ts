import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A default in a response: nobody fills it in, and nothing changes. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ n: Type.Integer() }) }) },
  after: { act: command({ response: Type.Object({ n: Type.Integer({ default: 3 }) }) }) },
  found: [],
  answer: { n: 1 },
  atOldServer: { answer: { n: 1 } },
}
