import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** Another status of an error. */
export const change: ChangeCase = {
  before: { act: command({ errors: { full: { status: 1001 } } }) },
  after: { act: command({ errors: { full: { status: 1002 } } }) },
  found: ['BREAKING act#/errors/full'],
  error: ['full', {}],
}
