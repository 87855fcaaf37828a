import { command } from '@wsrv/schema'
import { Type } from 'typebox'
import type { ChangeCase } from '../case.ts'

/** An optional request property that loses its default: left out, it means something else. */
export const change: ChangeCase = {
  before: { act: command({ request: Type.Object({ n: Type.Optional(Type.Integer({ default: 3 })) }) }) },
  after: { act: command({ request: Type.Object({ n: Type.Optional(Type.Integer()) }) }) },
  found: ['REVIEW act#/request/n'],
}
