import type { Contract } from '@wsrv/schema'
import type { News, Note } from '../../job/note.ts'

/** What the generator would write of the contract below. */
export interface Api {
  readonly commands: {
    readonly announce: { request: { readonly times: number }; response: Record<string, unknown>; errors: object }
    readonly echo: { request: Note; response: Note; errors: object }
  }
  readonly pushes: { readonly news: News }
  readonly session: { readonly isBanned: boolean }
}

const note = {
  type: 'object',
  required: ['id', 'text', 'items'],
  properties: {
    id: { type: 'integer', minimum: 1 },
    text: { type: 'string', maxLength: 1_000 },
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'from', 'text'],
        properties: { id: { type: 'integer' }, from: { type: 'string' }, text: { type: 'string' } },
      },
    },
  },
}

export const contract: Contract = {
  commands: [
    {
      cmd: 'announce',
      request: { type: 'object', required: ['times'], properties: { times: { type: 'integer', minimum: 1 } } },
      response: { type: 'object', properties: {} },
      errors: {},
      idempotent: false,
    },
    { cmd: 'echo', request: note, response: note, errors: {}, idempotent: true },
  ],
  pushes: [
    {
      cmd: 'news',
      data: {
        type: 'object',
        required: ['id', 'text'],
        properties: { id: { type: 'integer' }, text: { type: 'string' } },
      },
    },
  ],
  types: {},
}
