import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** Values in a request that become their type. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ n: Type.Enum([1, 5, 50]) }) }) },
  after: { act: command({ request: Type.Object({ n: Type.Integer() }) }) },
  found: ['SAFE act#/request/n, servers first'],
  sent: { n: 50 },
  atOldServer: { sent: { n: 2 } },
}
