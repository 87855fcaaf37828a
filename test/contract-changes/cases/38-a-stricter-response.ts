import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A stricter response. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ n: Type.Integer({ maximum: 100 }) }) }) },
  after: { act: command({ response: Type.Object({ n: Type.Integer({ maximum: 10 }) }) }) },
  found: ['SAFE act#/response/n, servers first'],
  answer: { n: 5 },
  atOldServer: { answer: { n: 50 } },
}
