import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** An error of another name: clients know it by its status. */
export const change: ChangeCase = {
  before: { act: command({ errors: { full: { status: 1001 } } }) },
  after: { act: command({ errors: { crowded: { status: 1001 } } }) },
  found: ['SAFE act#/errors/crowded'],
  error: ['crowded', {}],
  atOldServer: { error: ['full', {}] },
}
