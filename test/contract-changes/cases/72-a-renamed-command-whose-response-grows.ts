import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A command that is renamed and answers more at the same time. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ at: Type.Integer() }) }) },
  after: {
    doAct: command({
      response: Type.Object({ at: Type.Integer(), by: Type.Optional(Type.String()) }),
      renamedFrom: ['act'],
    }),
  },
  answer: { at: 1, by: 'me' },
  found: ['SAFE do_act#, servers first', 'SAFE do_act#/response/by'],
  atOldServer: { called: 'do_act' },
}
