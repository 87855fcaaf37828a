import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** An error that is gone, and that a deployed server still answers with. */
export const change: ChangeCase = {
  before: { act: command({ errors: { full: { status: 1001 } } }) },
  after: { act: command({}) },
  found: ['SAFE act#/errors/full, servers first'],
  atOldServer: { error: ['full', {}] },
}
