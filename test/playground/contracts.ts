import type { CommandContract, Contract, JsonSchema } from '@wsrv/schema'

/** A command with nothing but what is given. */
export function command(cmd: string, more: Partial<CommandContract> = {}): CommandContract {
  return { cmd, request: object({}), response: object({}), errors: {}, idempotent: false, ...more }
}

/** An object schema; names with `?` are optional. */
export function object(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const names = Object.keys(properties)
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name.replace('?', ''), properties[name]])),
    required: names.filter((name) => !name.endsWith('?')),
  }
}

const text = { type: 'string' }
const integer = { type: 'integer' }

/** One command of each kind of schema that a form has something special for. */
export const FORMS: Contract = {
  commands: [
    command('nested', {
      request: object({ user: object({ name: text, address: object({ city: text, 'zip?': text }) }) }),
    }),
    command('list', {
      request: object({ tags: { type: 'array', items: { type: 'string', minLength: 2 }, maxItems: 3 } }),
    }),
    command('tuple', {
      request: object({ point: { type: 'array', prefixItems: [integer, integer], minItems: 2, items: false } }),
    }),
    command('tagged', {
      request: object({
        content: {
          anyOf: [
            object({ kind: { const: 'text' }, text: { ...text, minLength: 1 } }),
            object({ kind: { const: 'image' }, url: { ...text, format: 'uri' }, 'alt?': text }),
          ],
        },
      }),
    }),
    command('plain_union', { request: object({ id: { anyOf: [integer, text] } }) }),
    command('choices', {
      request: object({ color: { enum: ['red', 'green'] }, size: { anyOf: [{ const: 1 }, { const: 2 }] } }),
    }),
    command('nullable', {
      request: object({ nick: { anyOf: [text, { type: 'null' }] }, age: { type: ['integer', 'null'] } }),
    }),
    command('formats', {
      request: object({
        at: { ...text, format: 'date-time' },
        id: { ...text, format: 'uuid' },
        'on?': { type: 'boolean' },
      }),
    }),
    command('defaults', { request: object({ limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 } }) }),
    command('record', { request: { type: 'object', additionalProperties: integer } }),
    command('recursive', { request: object({ tree: { $ref: '#/$defs/Tree' } }) }),
    command('anything', { request: object({ value: {} }) }),
    command('old', { deprecated: 'Use nested.', renamedFrom: ['older'], description: 'An old one.' }),
  ],
  pushes: [],
  types: { Tree: object({ name: text, 'children?': { type: 'array', items: { $ref: '#/$defs/Tree' } } }) },
}

/** A contract as large as a whole product's. */
export function wideContract(count = 300): Contract {
  const areas = ['account', 'billing', 'chat', 'feed', 'media', 'search', 'team', 'video']
  const verbs = ['create', 'list', 'get', 'update', 'remove', 'watch', 'share']
  const commands = Array.from({ length: count }, (_, index) => {
    const cmd = `${areas[index % areas.length]}.${verbs[index % verbs.length]}_${String(index).padStart(3, '0')}`
    return command(cmd, {
      description: `Does number ${index} of what the ${areas[index % areas.length]} area is for.`,
      request: object({
        id: { ...integer, minimum: 1, description: 'Which one.' },
        'note?': text,
        [`field${index}`]: text,
      }),
      errors: { [`error_${index}`]: { status: 1_000 + index, description: 'It did not work.', data: object({}) } },
    })
  })
  return { commands: commands.sort((one, other) => (one.cmd < other.cmd ? -1 : 1)), pushes: [], types: {} }
}
