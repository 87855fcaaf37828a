/** Commands of one area; a schema file each. */
export const COMMANDS_PER_AREA = 20

/** The schema file of an area: twenty commands in four kinds, two pushes, the type they share. */
export function areaSchemas(area: number): string {
  const commands = Array.from({ length: COMMANDS_PER_AREA }, (_, index) => KINDS[index % KINDS.length]?.(area, index))
  return `import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import { Address, Author, Money, Reason } from './shared.ts'

export const Order${area} = Type.Object(
  {
    id: Type.Integer({ description: 'Number of the order.', minimum: 1 }),
    title: Type.String({ minLength: 1, maxLength: 200 }),
    status: Type.Enum(['draft', 'open', 'paid', 'shipped', 'closed'], { description: 'How far it is.' }),
    total: Money,
    buyer: Author,
    ships: Type.Union([Address, Type.Null()]),
    tags: Type.Array(Type.String(), { maxItems: 20 }),
    lines: Type.Array(Type.Object({ sku: Type.String(), count: Type.Integer({ minimum: 1 }), price: Money })),
    createdAt: Type.String({ description: 'When it was made.', format: 'date-time' }),
  },
  { description: 'An order of area ${area}.' },
)

${commands.join('\n')}
${Array.from({ length: 2 }, (_, index) => pushSchema(area, index)).join('\n')}`
}

type Kind = (area: number, index: number) => string

const list: Kind = (area, index) => `export const list${area}x${index} = command({
  cmd: 'area${area}.list${index}',
  description: 'Lists orders, the newest first.',
  request: Type.Object({
    status: Type.Optional(Type.Enum(['draft', 'open', 'paid'])),
    search: Type.Optional(Type.String({ description: 'Words of the title.', minLength: 2 })),
    tags: Type.Optional(Type.Array(Type.String())),
    after: Type.Optional(Type.String({ format: 'date-time' })),
    sort: Type.Enum(['newest', 'oldest', 'total'], { default: 'newest' }),
    limit: Type.Integer({ description: 'How many at most.', default: 20, minimum: 1, maximum: 100 }),
    cursor: Type.Union([Type.String(), Type.Null()], { default: null }),
    deep: Type.Boolean({ default: false }),
  }),
  response: Type.Object({
    orders: Type.Array(Order${area}),
    next: Type.Union([Type.String(), Type.Null()], { description: 'Where the next page begins.' }),
    total: Type.Integer(),
  }),
  idempotent: true,
})
`

const get: Kind = (area, index) => `export const get${area}x${index} = command({
  cmd: 'area${area}.get${index}',
  description: 'Gives one order.',
  request: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
  params: ['id'],
  response: Order${area},
  errors: { not_found: { status: 1404, data: Type.Object({ id: Type.Integer() }) } },
  idempotent: true,
  timeoutMs: 5_000,
})
`

const create: Kind = (area, index) => `export const create${area}x${index} = command({
  cmd: 'area${area}.create${index}',
  description: 'Makes an order.',
  request: Type.Object({
    title: Type.String({ minLength: 1, maxLength: 200 }),
    buyer: Type.Object({ id: Type.Integer(), vat: Type.Optional(Type.String()) }),
    ships: Type.Union([Address, Type.Null()]),
    tags: Type.Array(Type.String()),
    lines: Type.Array(Type.Object({ sku: Type.String(), count: Type.Integer({ minimum: 1 }) }), { minItems: 1 }),
    pays: Type.Enum(['card', 'transfer', 'later']),
    limit: Money,
    note: Type.Optional(Type.String({ description: 'For the shop.', examples: ['Please ring twice.'] })),
  }),
  response: Type.Object({ order: Order${area}, warnings: Type.Array(Type.String()) }),
  errors: {
    too_much: { status: 1001, description: 'More than the limit.', data: Type.Object({ total: Money }) },
    no_stock: { status: 1002, data: Type.Object({ sku: Type.String(), left: Type.Integer() }) },
  },
})
`

const settle: Kind = (area, index) => `export const settle${area}x${index} = command({
  cmd: 'area${area}.settle${index}',
  description: 'Closes an order.',
  request: Type.Object({
    id: Type.Integer({ minimum: 1 }),
    reason: Reason,
    refund: Type.Optional(Money),
    notify: Type.Boolean({ default: true }),
  }),
  params: ['id', 'reason'],
  response: Type.Object({
    id: Type.Integer(),
    status: Type.Literal('closed'),
    closedAt: Type.String({ format: 'date-time' }),
    closedBy: Author,
    refunded: Type.Union([Money, Type.Null()]),
    steps: Type.Array(Type.Tuple([Type.String(), Type.Integer()])),
    counts: Type.Record(Type.String(), Type.Integer()),
    receipt: Type.Object({ url: Type.String({ format: 'uri' }), pages: Type.Integer() }),
  }),
  errors: { closed: { status: 1003, data: Type.Object({ since: Type.String({ format: 'date-time' }) }) } },
})
`

const KINDS: readonly Kind[] = [list, get, create, settle]

function pushSchema(area: number, index: number): string {
  return `export const changed${area}x${index} = push({
  cmd: 'area${area}.changed${index}',
  description: 'An order is another now.',
  data: Type.Object({ order: Order${area}, by: Author, what: Type.Array(Type.Enum(['title', 'status', 'lines'])) }),
})
`
}
