import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A new push. */
export const change: ChangeCase = {
  before: { act: command({}) },
  after: { act: command({}), news: push({ data: Type.Object({}) }) },
  found: ['SAFE news#, servers first'],
  pushed: {},
}
