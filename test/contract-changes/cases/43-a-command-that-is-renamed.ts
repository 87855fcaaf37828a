import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** A command that is renamed. */
export const change: ChangeCase = {
  before: { act: command({}) },
  after: { act: command({ cmd: 'do_act' }) },
  found: ['BREAKING act#', 'SAFE do_act#, servers first'],
  atOldServer: { called: 'do_act' },
}
