import { Type } from 'typebox'
import { command } from './command.ts'

/** `params` takes names of the request's properties and nothing else; compiled, never run. */
export function whatCompiles(): void {
  command({ request: Type.Object({ uid: Type.Integer(), name: Type.String() }), params: ['name', 'uid'] })
  command({ request: { type: 'object', properties: { uid: { type: 'integer' } } }, params: ['uid'] })
  // @ts-expect-error the request has no property `uuid`
  command({ request: Type.Object({ uid: Type.Integer() }), params: ['uuid'] })
  // @ts-expect-error nor has a plain JSON Schema
  command({ request: { type: 'object', properties: { uid: { type: 'integer' } } }, params: ['uuid'] })
  // @ts-expect-error no such option
  command({ timeout: 5 })
}
