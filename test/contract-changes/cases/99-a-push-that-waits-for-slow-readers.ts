import { command, push } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** A push that waits for slow readers again. */
export const change: ChangeCase = {
  before: { act: command({}), news: push({ whenSlow: 'latest' }) },
  after: { act: command({}), news: push({}) },
  found: ['SAFE news#/whenSlow'],
}
