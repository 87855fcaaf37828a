import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** A new error. */
export const change: ChangeCase = {
  before: { act: command({}) },
  after: { act: command({ errors: { full: { status: 1001 } } }) },
  found: ['SAFE act#/errors/full'],
}
