import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A push with a new required property, which a deployed server does not send. */
export const change: ChangeCase = {
  before: { act: command({}), news: push({ data: Type.Object({ id: Type.Integer() }) }) },
  after: { act: command({}), news: push({ data: Type.Object({ id: Type.Integer(), by: Type.String() }) }) },
  found: ['REVIEW news#/data/by, servers first'],
  pushed: { id: 1, by: 'me' },
  atOldServer: { pushed: { id: 1 } },
}
