import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** An error whose data loses a property. */
export const change: ChangeCase = {
  before: { act: command({ errors: { full: { status: 1001, data: Type.Object({ left: Type.Integer() }) } } }) },
  after: { act: command({ errors: { full: { status: 1001, data: Type.Object({}) } } }) },
  found: ['BREAKING act#/errors/full/data/left'],
  error: ['full', {}],
}
