import { command, push } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** A push that may give way behind slow readers. */
export const change: ChangeCase = {
  before: { act: command({}), news: push({}) },
  after: { act: command({}), news: push({ whenSlow: 'drop_oldest' }) },
  found: ['REVIEW news#/whenSlow'],
}
