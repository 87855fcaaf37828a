import type { CommandContract, Contract, JsonSchema } from '@wsrv/schema'

const object = (properties: object): JsonSchema => ({ type: 'object', properties, required: Object.keys(properties) })
const list = (items: object): JsonSchema => object({ list: { type: 'array', items } })
const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` })
const times = <Made>(count: number, make: (index: number) => Made): readonly Made[] =>
  Array.from({ length: count }, (_, index) => make(index))

const EMAIL = '^[^@]+@[^@]+\\.[^@]+$'

/** Requests as real contracts have them, of the kinds that cost a server dearly when it takes them literally. */
const REQUESTS: Readonly<Record<string, JsonSchema>> = {
  tagged: ref('Tagged'),
  untagged: ref('Untagged'),
  pattern: object({ email: { type: 'string', pattern: EMAIL } }),
  bounded: object({ email: { type: 'string', pattern: EMAIL, maxLength: 254 } }),
  patterns: list({ type: 'string', pattern: EMAIL, maxLength: 254 }),
  keys: { type: 'object', patternProperties: { [EMAIL]: { type: 'null' } }, additionalProperties: false },
  regex: object({ expression: { type: 'string', format: 'regex' } }),
  dates: list({ type: 'string', format: 'date-time' }),
  defaults: { type: 'object', properties: { list: { type: 'array', items: ref('Page') } } },
  'few-defaults': { type: 'object', properties: { list: { type: 'array', maxItems: 10, items: ref('Page') } } },
  enum: list({ enum: times(5_000, (index) => `value ${index}`) }),
  wide: list({ anyOf: times(200, (index) => object({ kind: { const: `kind ${index}` }, a: { type: 'integer' } })) }),
  blind: list({ anyOf: times(200, (index) => object({ [`p${index}`]: { type: 'integer' } })) }),
  one: list({ oneOf: times(200, (index) => object({ kind: { const: `kind ${index}` }, a: { type: 'integer' } })) }),
  unique: object({ list: { type: 'array', uniqueItems: true } }),
  closed: { type: 'object', properties: { a: {} }, additionalProperties: false },
  record: { type: 'object', additionalProperties: { type: 'array', items: { type: 'null' } } },
  plain: list(object({ a: { type: 'integer' }, b: { type: 'string', maxLength: 10 } })),
  anything: {},
}

const branch = (kind: string, properties: object): JsonSchema => object({ ...properties, kind: { const: kind } })
const sides = (name: string): object => ({ left: ref(name), right: ref(name) })

const TYPES: Contract['types'] = {
  Tagged: {
    anyOf: [
      branch('and', sides('Tagged')),
      branch('or', sides('Tagged')),
      branch('not', { of: ref('Tagged') }),
      branch('eq', { field: { type: 'string' }, value: { type: 'number' } }),
    ],
  },
  Untagged: {
    anyOf: [
      object({ ...sides('Untagged'), a: { type: 'null' } }),
      object(sides('Untagged')),
      object({ ...sides('Untagged'), b: { type: 'null' } }),
      object({ value: { type: 'number' } }),
    ],
  },
  Page: {
    type: 'object',
    properties: {
      size: { type: 'integer', default: 10 },
      style: { type: 'object', default: { color: 'red', border: { width: 1, dash: [1, 2, 3] } } },
      next: ref('Page'),
    },
  },
}

const command = (cmd: string, request: JsonSchema): CommandContract => ({
  cmd,
  request,
  response: {},
  errors: {},
  idempotent: false,
})

/** A contract of dear requests, and of work that does not end. */
export const hostileContract: Contract = {
  commands: [...Object.entries(REQUESTS).map(([cmd, request]) => command(cmd, request)), command('work', {})],
  pushes: [],
  types: TYPES,
}
