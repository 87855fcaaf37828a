import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A lower maximum in a request. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ n: Type.Integer({ maximum: 100 }) }) }) },
  after: { act: command({ request: Type.Object({ n: Type.Integer({ maximum: 10 }) }) }) },
  found: ['BREAKING act#/request/n'],
  sent: { n: 50 },
}
