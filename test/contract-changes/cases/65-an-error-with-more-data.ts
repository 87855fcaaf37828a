import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** An error whose data has a new required property. */
export const change: ChangeCase = {
  before: { act: command({ errors: { full: { status: 1001, data: Type.Object({ at: Type.Integer() }) } } }) },
  after: {
    act: command({ errors: { full: { status: 1001, data: Type.Object({ at: Type.Integer(), by: Type.String() }) } } }),
  },
  found: ['REVIEW act#/errors/full/data/by, servers first'],
  error: ['full', { at: 1, by: 'me' }],
  atOldServer: { error: ['full', { at: 1 }] },
}
