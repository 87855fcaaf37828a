import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A response property that is always there now: a deployed server may leave it out. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ name: Type.Optional(Type.String()) }) }) },
  after: { act: command({ response: Type.Object({ name: Type.String() }) }) },
  found: ['REVIEW act#/response/name, servers first'],
  answer: { name: 'a' },
  atOldServer: { answer: {} },
}
