import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A command that is renamed and takes less at the same time: its old name does not help. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ at: Type.Union([Type.String(), Type.Integer()]) }) }) },
  after: { doAct: command({ request: Type.Object({ at: Type.Integer() }), renamedFrom: 'act' }) },
  sent: { at: 'noon' },
  found: ['BREAKING do_act#/request/at', 'SAFE do_act#, servers first'],
  atOldServer: { called: 'do_act', sent: { at: 1 } },
}
