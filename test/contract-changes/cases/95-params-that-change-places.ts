import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

const request = Type.Object({ a: Type.Optional(Type.String()), b: Type.Optional(Type.String()) })

/** Positional arguments that change places: the wire is as it was, and calls that are compiled again mean something else. */
export const change: ChangeCase = {
  before: { act: command({ request, params: ['a', 'b'] }) },
  after: { act: command({ request, params: ['b', 'a'] }) },
  found: ['SAFE act#/params'],
}
