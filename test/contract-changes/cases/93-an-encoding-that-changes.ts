import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A text that is encoded in another way: only a person can tell. */
export const change: ChangeCase = {
  before: { act: command({ response: Type.Object({ bytes: Type.String({ contentEncoding: 'base64' }) }) }) },
  after: { act: command({ response: Type.Object({ bytes: Type.String({ contentEncoding: 'base16' }) }) }) },
  found: ['REVIEW act#/response/bytes'],
  answer: { bytes: '00' },
}
