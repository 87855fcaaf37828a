import { COMMANDS_PER_AREA } from './area-schemas.ts'

/** What a person would write for an area by hand: the interfaces, and a method a command. */
export interface HandWritten {
  readonly interfaces: string
  readonly methods: string
  /** Entries of the map from a push's name to its data. */
  readonly pushes: string
}

/** The types of {@link areaSchemas}, written by hand. */
export function areaInterfaces(area: number): HandWritten {
  const all = Array.from({ length: COMMANDS_PER_AREA }, (_, index) => KINDS[index % KINDS.length]?.(area, index))
  const commands = all.filter((one) => one !== undefined)
  return {
    interfaces: [orderOf(area), ...commands.map(({ types }) => types), changesOf(area)].join('\n'),
    methods: `  area${area}: {\n${commands.map(({ method }) => method).join('\n')}\n  }`,
    pushes: [0, 1].map((index) => `  'area${area}.changed${index}': Area${area}Changed${index}Push`).join('\n'),
  }
}

type Kind = (area: number, index: number) => { readonly types: string; readonly method: string }

function orderOf(area: number): string {
  return `/** An order of area ${area}. */
export interface Order${area} {
  /** Number of the order. */
  id: number
  title: string
  /** How far it is. */
  status: 'draft' | 'open' | 'paid' | 'shipped' | 'closed'
  total: Money
  buyer: Author
  ships: Address | null
  tags: string[]
  lines: { sku: string; count: number; price: Money }[]
  /** When it was made. */
  createdAt: string
}
`
}

const list: Kind = (area, index) => ({
  types: `export interface Area${area}List${index}Request {
  status?: 'draft' | 'open' | 'paid'
  /** Words of the title. */
  search?: string
  tags?: string[]
  after?: string
  sort?: 'newest' | 'oldest' | 'total'
  /** How many at most. */
  limit?: number
  cursor?: string | null
  deep?: boolean
}

export interface Area${area}List${index}Response {
  orders: Order${area}[]
  /** Where the next page begins. */
  next: string | null
  total: number
}
`,
  method: `    /** Lists orders, the newest first. */
    list${index}(data?: Area${area}List${index}Request, options?: CallOptions): Promise<Area${area}List${index}Response>`,
})

const get: Kind = (area, index) => ({
  types: `export interface Area${area}Get${index}NotFoundData {
  id: number
}
`,
  method: `    /** Gives one order. */
    get${index}(id: number, options?: CallOptions): Promise<Order${area}>`,
})

const create: Kind = (area, index) => ({
  types: `export interface Area${area}Create${index}Request {
  title: string
  buyer: { id: number; vat?: string }
  ships: Address | null
  tags: string[]
  lines: { sku: string; count: number }[]
  pays: 'card' | 'transfer' | 'later'
  limit: Money
  /** For the shop. */
  note?: string
}

export interface Area${area}Create${index}Response {
  order: Order${area}
  warnings: string[]
}

export interface Area${area}Create${index}TooMuchData {
  total: Money
}

export interface Area${area}Create${index}NoStockData {
  sku: string
  left: number
}
`,
  method: `    /** Makes an order. */
    create${index}(data: Area${area}Create${index}Request, options?: CallOptions): Promise<Area${area}Create${index}Response>`,
})

const settle: Kind = (area, index) => ({
  types: `export interface Area${area}Settle${index}Rest {
  refund?: Money
  notify?: boolean
}

export interface Area${area}Settle${index}Request extends Area${area}Settle${index}Rest {
  id: number
  reason: Reason
}

export interface Area${area}Settle${index}Response {
  id: number
  status: 'closed'
  closedAt: string
  closedBy: Author
  refunded: Money | null
  steps: [string, number][]
  counts: Record<string, number>
  receipt: { url: string; pages: number }
}

export interface Area${area}Settle${index}ClosedData {
  since: string
}
`,
  method: `    /** Closes an order. */
    settle${index}(
      id: number,
      reason: Reason,
      rest?: Area${area}Settle${index}Rest,
      options?: CallOptions,
    ): Promise<Area${area}Settle${index}Response>`,
})

const KINDS: readonly Kind[] = [list, get, create, settle]

function changesOf(area: number): string {
  return [0, 1]
    .map(
      (index) => `export interface Area${area}Changed${index}Push {
  order: Order${area}
  by: Author
  what: ('title' | 'status' | 'lines')[]
}
`,
    )
    .join('\n')
}
