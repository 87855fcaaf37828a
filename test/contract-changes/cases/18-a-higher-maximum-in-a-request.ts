import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A higher maximum in a request. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ n: Type.Integer({ maximum: 10 }) }) }) },
  after: { act: command({ request: Type.Object({ n: Type.Integer({ maximum: 100 }) }) }) },
  found: ['SAFE act#/request/n, servers first'],
  sent: { n: 5 },
  atOldServer: { sent: { n: 50 } },
}
