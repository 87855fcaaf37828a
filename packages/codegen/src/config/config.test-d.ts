import { defineConfig } from './config.ts'

/** `defineConfig` knows its options, of one contract and of several; compiled, never run. */
export function whatCompiles(): void {
  const one = { schema: 'schema/*.ts', client: 'client.ts' }

  defineConfig(one)
  defineConfig({ schema: ['a/*.ts', 'b/*.ts'], server: 'server.ts', handlers: 'handlers', allow: { 'a#': 'why' } })
  defineConfig({ contracts: { shop: one, admin: { ...one, client: 'admin.ts' } } })

  // @ts-expect-error an option that there is not
  defineConfig({ schema: 'schema/*.ts', handler: 'handlers' })
  // @ts-expect-error no schema
  defineConfig({ client: 'client.ts' })
  // @ts-expect-error an option that there is not, in one of several
  defineConfig({ contracts: { shop: { schema: 'schema/*.ts', clint: 'client.ts' } } })
}
