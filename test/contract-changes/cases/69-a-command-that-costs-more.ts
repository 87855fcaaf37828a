import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** A command that costs more of a session's requests a second. */
export const change: ChangeCase = {
  before: { act: command({}) },
  after: { act: command({ rateLimit: { cost: 5 } }) },
  found: ['REVIEW act#/rateLimit'],
}
