import type { Contract } from '@wsrv/schema'

/** What the generator would write for {@link testContract}. */
export interface TestApi {
  commands: {
    register: {
      request: { uid: number; tags: string[] }
      response: { name: string }
      errors: { uid_taken: { uid: number }; closed: Record<string, never> }
    }
    'chat.send': { request: { text: string }; response: Record<string, unknown>; errors: Record<never, never> }
    anything: { request: unknown; response: unknown; errors: Record<never, never> }
    quick: { request: Record<string, unknown>; response: Record<string, unknown>; errors: Record<never, never> }
  }
  pushes: { joined: { uid: number }; news: { text: string } }
  session: { uid: number; nickname: string }
}

const object = (properties: object, required: readonly string[] = Object.keys(properties)): object => ({
  type: 'object',
  properties,
  required,
})

/** A contract written by hand; `Tags` is a type of its own, `register` has a default. */
export const testContract: Contract = {
  commands: [
    { cmd: 'anything', request: {}, response: {}, errors: {}, idempotent: false },
    {
      cmd: 'chat.send',
      request: object({ text: { type: 'string' } }),
      response: object({}),
      errors: {},
      idempotent: false,
    },
    { cmd: 'quick', request: object({}), response: object({}), errors: {}, idempotent: false, timeoutMs: 1_000 },
    {
      cmd: 'register',
      request: object({ uid: { type: 'integer', minimum: 1 }, tags: { $ref: '#/$defs/Tags', default: ['new'] } }),
      response: object({ name: { type: 'string' } }),
      errors: {
        uid_taken: {
          status: 1_001,
          description: 'Another user has this uid.',
          data: object({ uid: { type: 'integer' } }),
        },
        closed: { status: 1_002, data: object({}) },
      },
      idempotent: true,
    },
  ],
  pushes: [
    { cmd: 'joined', data: object({ uid: { type: 'integer' } }) },
    { cmd: 'news', data: object({ text: { type: 'string' } }) },
  ],
  types: { Tags: { type: 'array', items: { type: 'string' } } },
}
