import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** A command that is renamed, and answers to its old name. */
export const change: ChangeCase = {
  before: { act: command({}) },
  after: { doAct: command({ renamedFrom: 'act' }) },
  found: ['SAFE do_act#, servers first'],
  atOldServer: { called: 'do_act' },
}
