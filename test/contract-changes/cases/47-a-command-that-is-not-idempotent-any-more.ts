import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** A command that is not idempotent any more. */
export const change: ChangeCase = {
  before: { act: command({ idempotent: true }) },
  after: { act: command({}) },
  found: ['REVIEW act#/idempotent'],
}
