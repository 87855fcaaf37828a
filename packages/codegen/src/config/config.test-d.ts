import { defineConfig } from './config.ts'

/** `defineConfig` knows its options, of one contract and of several; compiled, never run. */
export function whatCompiles(): void {
  const one = { schema: 'schema/*.ts', client: 'client.ts' }

  defineConfig(one)
  const bound = {
    change: 'a#/request/b',
    before: 'maximum 9',
    after: 'maximum 8',
    release: '2.0',
    reason: 'why',
  } as const
  const allow = [{ ...bound, severity: 'BREAKING' }] as const
  defineConfig({ schema: ['a/*.ts', 'b/*.ts'], server: 'server.ts', handlers: 'handlers', allow })
  defineConfig({ contracts: { shop: one, admin: { ...one, client: 'admin.ts' } } })

  // @ts-expect-error an option that there is not
  defineConfig({ schema: 'schema/*.ts', handler: 'handlers' })
  // @ts-expect-error a change that does not say how bad it is
  defineConfig({ ...one, allow: [bound] })
  // @ts-expect-error no schema
  defineConfig({ client: 'client.ts' })
  // @ts-expect-error an option that there is not, in one of several
  defineConfig({ contracts: { shop: { schema: 'schema/*.ts', clint: 'client.ts' } } })
}
