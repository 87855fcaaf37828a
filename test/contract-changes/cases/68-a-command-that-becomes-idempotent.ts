import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** A command that becomes idempotent: a deployed server may do it twice. */
export const change: ChangeCase = {
  before: { act: command({}) },
  after: { act: command({ idempotent: true }) },
  found: ['REVIEW act#/idempotent'],
}
