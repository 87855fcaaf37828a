import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** A former name that a new command takes, which answers in the same way. */
export const change: ChangeCase = {
  deployed: { act: command({}) },
  before: { doAct: command({ renamedFrom: 'act' }) },
  after: { act: command({}), doAct: command({}) },
  found: [],
}
