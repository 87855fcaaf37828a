import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** A tuple in a request whose last element has to be there now. */
export const change: ChangeCase = {
  before: {
    act: command({
      request: {
        type: 'object',
        properties: {
          at: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'null' }], items: false, minItems: 1 },
        },
      },
    }),
  },
  after: {
    act: command({
      request: {
        type: 'object',
        properties: {
          at: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'null' }], items: false, minItems: 2 },
        },
      },
    }),
  },
  found: ['BREAKING act#/request/at'],
  sent: { at: ['a'] },
  atOldServer: { sent: { at: ['a', null] } },
}
