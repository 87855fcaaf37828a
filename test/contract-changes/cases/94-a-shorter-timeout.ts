import { command } from '@wsrv/schema'
import type { ChangeCase } from '../case.ts'

/** A command that may take less time: what took longer is answered with 408. */
export const change: ChangeCase = {
  before: { act: command({}) },
  after: { act: command({ timeoutMs: 1_000 }) },
  found: ['REVIEW act#/timeoutMs'],
}
