import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** An error of another name and other data, which deployed clients take for the old one. */
export const change: ChangeCase = {
  before: { act: command({ errors: { full: { status: 1001, data: Type.Object({ at: Type.Integer() }) } } }) },
  after: { act: command({ errors: { crowded: { status: 1001, data: Type.Object({ by: Type.String() }) } } }) },
  found: [
    'BREAKING act#/errors/crowded/data/at',
    'REVIEW act#/errors/crowded/data/by, servers first',
    'SAFE act#/errors/crowded',
  ],
  error: ['crowded', { by: 'me' }],
  atOldServer: { error: ['full', { at: 1 }] },
}
