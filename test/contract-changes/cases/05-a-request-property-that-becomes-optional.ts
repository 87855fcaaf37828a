import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** A request property that becomes optional. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ name: Type.String() }) }) },
  after: { act: command({ request: Type.Object({ name: Type.Optional(Type.String()) }) }) },
  found: ['SAFE act#/request/name, servers first'],
  sent: { name: 'a' },
  atOldServer: { sent: {} },
}
