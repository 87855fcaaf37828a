import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A record in a request, of a named type that gets a required property. */
export const change: ChangeCase = {
  before: {
    Item: Type.Object({ a: Type.String() }),
    act: command({ request: Type.Object({ all: Type.Record(Type.String(), Type.Object({ a: Type.String() })) }) }),
  },
  after: {
    Item: Type.Object({ a: Type.String(), b: Type.String() }),
    act: command({
      request: Type.Object({ all: Type.Record(Type.String(), Type.Object({ a: Type.String(), b: Type.String() })) }),
    }),
  },
  found: ['BREAKING act#/request/all/*/b'],
  sent: { all: { x: { a: 'a' } } },
}
