import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** A command that is gone. */
export const change: ChangeCase = {
  before: { act: command({}), other: command({}) },
  after: { other: command({}) },
  found: ['BREAKING act#'],
}
