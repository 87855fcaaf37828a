import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A laxer response. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ n: Type.Integer({ maximum: 10 }) }) }) },
  after: { act: command({ response: Type.Object({ n: Type.Integer({ maximum: 100 }) }) }) },
  found: ['REVIEW act#/response/n'],
  answer: { n: 50 },
}
