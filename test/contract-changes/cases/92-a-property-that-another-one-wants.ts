import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** A property in a request that another one wants beside it. */
export const change: ChangeCase = {
  before: { act: command({ request: { type: 'object', properties: { a: {}, b: {} } } }) },
  after: {
    act: command({ request: { type: 'object', properties: { a: {}, b: {} }, dependentRequired: { a: ['b'] } } }),
  },
  found: ['BREAKING act#/request'],
  sent: { a: 1 },
  atOldServer: { sent: { a: 1, b: 1 } },
}
