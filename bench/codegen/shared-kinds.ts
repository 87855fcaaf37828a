/** The schema file whose types every area of the measured contract uses. */
export const SHARED_SCHEMAS: string = `import { Type } from 'typebox'

export const Money = Type.Object(
  {
    amount: Type.Integer({ description: 'In the smallest unit of the currency.' }),
    currency: Type.Enum(['EUR', 'USD', 'GBP', 'JPY']),
  },
  { description: 'A sum of money.' },
)

export const Address = Type.Object({
  street: Type.String({ minLength: 1 }),
  city: Type.String({ minLength: 1 }),
  zip: Type.String({ pattern: '^[0-9A-Z -]{3,10}$' }),
  country: Type.String({ description: 'ISO 3166-1 alpha-2.', minLength: 2, maxLength: 2 }),
  note: Type.Optional(Type.String({ description: 'For whoever brings it.' })),
})

export const Author = Type.Object({
  id: Type.Integer({ minimum: 1 }),
  name: Type.String(),
  email: Type.String({ format: 'email' }),
})

export const Reason = Type.Union([
  Type.Object({ kind: Type.Literal('request'), by: Author, text: Type.String() }),
  Type.Object({ kind: Type.Literal('rule'), rule: Type.Integer(), automatic: Type.Boolean() }),
  Type.Object({ kind: Type.Literal('other') }),
])
`

/** The same types as a person writes them down for TypeScript. */
export const SHARED_INTERFACES: string = `/** A sum of money. */
export interface Money {
  /** In the smallest unit of the currency. */
  amount: number
  currency: 'EUR' | 'USD' | 'GBP' | 'JPY'
}

export interface Address {
  street: string
  city: string
  zip: string
  /** ISO 3166-1 alpha-2. */
  country: string
  /** For whoever brings it. */
  note?: string
}

export interface Author {
  id: number
  name: string
  email: string
}

export type Reason =
  | { kind: 'request'; by: Author; text: string }
  | { kind: 'rule'; rule: number; automatic: boolean }
  | { kind: 'other' }
`
