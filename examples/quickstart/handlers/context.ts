/**
 * What handlers work with, a database for one: `createServer({ handlers, context: { db } })`, `c.context.db`. Yours: write it
 * as an interface, `export interface AppContext { readonly db: Database }`.
 */
export type AppContext = Record<never, never>
