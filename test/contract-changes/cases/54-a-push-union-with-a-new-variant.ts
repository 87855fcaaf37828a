import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A push union with a new variant. */
export const change: ChangeCase = {
  before: { act: command({}), news: push({ data: Type.Union([Type.Literal('on'), Type.Literal('off')]) }) },
  after: {
    act: command({}),
    news: push({ data: Type.Union([Type.Literal('on'), Type.Literal('off'), Type.Literal('dim')]) }),
  },
  found: ['BREAKING news#/data'],
  pushed: 'dim',
}
