import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** A new command. */
export const change: ChangeCase = {
  before: { act: command({}) },
  after: { act: command({}), other: command({}) },
  found: ['SAFE other#, servers first'],
  atOldServer: { called: 'other' },
}
