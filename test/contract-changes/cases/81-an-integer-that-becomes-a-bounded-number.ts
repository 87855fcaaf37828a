import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** An integer in a request that becomes a number, with a bound. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ n: Type.Integer() }) }) },
  after: { act: command({ request: Type.Object({ n: Type.Number({ maximum: 10 }) }) }) },
  found: ['BREAKING act#/request/n', 'SAFE act#/request/n, servers first'],
  sent: { n: 50 },
  atOldServer: { sent: { n: 1.5 } },
}
