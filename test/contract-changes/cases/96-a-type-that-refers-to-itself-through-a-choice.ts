import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

const tree = (value: object) => ({
  $id: 'Tree',
  type: 'object',
  properties: { value, parent: { anyOf: [{ $ref: 'Tree' }, { type: 'null' }] } },
  required: ['value', 'parent'],
})
const act = (value: object) => ({ act: command({ response: Type.Object({ it: Type.Unsafe(tree(value)) }) }) })

/** A type whose parent is one of its own or null, and whose value becomes a text. */
export const change: ChangeCase = {
  before: act({ type: 'integer' }),
  after: act({ type: 'string' }),
  found: [
    'BREAKING act#/response/it/parent/value',
    'BREAKING act#/response/it/value',
    'REVIEW act#/response/it/parent/value, servers first',
    'REVIEW act#/response/it/value, servers first',
  ],
  answer: { it: { value: 'a', parent: null } },
  atOldServer: { answer: { it: { value: 1, parent: null } } },
}
