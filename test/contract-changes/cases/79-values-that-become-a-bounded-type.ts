import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** Values in a request that become a type whose bounds leave one out. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ n: Type.Enum([1, 5, 50]) }) }) },
  after: { act: command({ request: Type.Object({ n: Type.Integer({ maximum: 10 }) }) }) },
  found: ['BREAKING act#/request/n', 'SAFE act#/request/n, servers first'],
  sent: { n: 50 },
  atOldServer: { sent: { n: 2 } },
}
