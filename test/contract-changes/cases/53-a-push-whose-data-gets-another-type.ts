import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A push whose data gets another type. */
export const change: ChangeCase = {
  before: { act: command({}), news: push({ data: Type.Object({ id: Type.Integer() }) }) },
  after: { act: command({}), news: push({ data: Type.Object({ id: Type.String() }) }) },
  found: ['BREAKING news#/data/id', 'REVIEW news#/data/id, servers first'],
  pushed: { id: 'a' },
  atOldServer: { pushed: { id: 1 } },
}
