import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** A former name that is dropped, and with it the clients that know no other. */
export const change: ChangeCase = {
  deployed: { act: command({}) },
  before: { doAct: command({ renamedFrom: 'act' }) },
  after: { doAct: command({}) },
  found: ['BREAKING act#'],
}
