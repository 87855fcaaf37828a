import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** A command that is renamed a second time, by whoever deployed before the first. */
export const change: ChangeCase = {
  deployed: { act: command({}) },
  before: { perform: command({ renamedFrom: 'act' }) },
  after: { doAct: command({ renamedFrom: ['act', 'perform'] }) },
  found: ['SAFE do_act#, servers first'],
  atOldServer: { called: 'do_act' },
}
