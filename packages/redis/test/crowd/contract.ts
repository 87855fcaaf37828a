import type { Contract } from '@wsrv/schema'

/** What the crowd speaks. */
export interface CrowdApi {
  commands: {
    join: { request: object; response: object; errors: Record<never, never> }
  }
  pushes: { note: Note }
  session: Record<never, never>
}

/** A server's n-th push to the room. */
export interface Note {
  readonly from: string
  readonly n: number
}

const EMPTY = { type: 'object' }
const NOTE = {
  type: 'object',
  properties: { from: { type: 'string' }, n: { type: 'integer' } },
  required: ['from', 'n'],
}

export const CROWD_CONTRACT: Contract = {
  commands: [{ cmd: 'join', request: EMPTY, response: EMPTY, errors: {}, idempotent: true }],
  pushes: [{ cmd: 'note', data: NOTE }],
  types: {},
}
