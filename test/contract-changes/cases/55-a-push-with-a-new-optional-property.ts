import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A push with a new optional property. */
export const change: ChangeCase = {
  before: { act: command({}), news: push({ data: Type.Object({ id: Type.Integer() }) }) },
  after: {
    act: command({}),
    news: push({ data: Type.Object({ id: Type.Integer(), at: Type.Optional(Type.Integer()) }) }),
  },
  found: ['SAFE news#/data/at'],
  pushed: { id: 1, at: 2 },
}
