import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A push that is gone. */
export const change: ChangeCase = {
  before: { act: command({}), news: push({ data: Type.Object({}) }) },
  after: { act: command({}) },
  found: ['BREAKING news#'],
}
