import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A recursive response type that changes. */
export const change: ChangeCase = {
  before: {
    act: command({
      response: Type.Cyclic(
        { Node: Type.Object({ id: Type.Integer(), next: Type.Optional(Type.Ref('Node')) }) },
        'Node',
      ),
    }),
  },
  after: {
    act: command({
      response: Type.Cyclic(
        { Node: Type.Object({ id: Type.String(), next: Type.Optional(Type.Ref('Node')) }) },
        'Node',
      ),
    }),
  },
  found: ['BREAKING act#/response/id', 'REVIEW act#/response/id, servers first'],
  answer: { id: 'a' },
  atOldServer: { answer: { id: 1 } },
}
