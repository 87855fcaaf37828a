import { gzipSync } from 'node:zlib'
import { command, push } from '@wsrv/schema'
import { build } from 'esbuild'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import type { ClientOutput } from '../src/config/config.ts'
import { generate } from '../src/generate.ts'
import { ROOT } from './temp-project.ts'

/**
 * What a page that calls three of a thousand commands pays over the runtime, in bytes of gzip: 300 measured through a bare
 * client, 372 through one that includes them; all thousand would cost 11 465. The runtime's own ceiling is held in
 * packages/client/test/bundle-size.test.ts.
 */
const MAX_ADDED_BYTES = 500

const AREAS = [
  'account',
  'billing',
  'catalogue',
  'delivery',
  'inventory',
  'messaging',
  'notification',
  'order',
  'payment',
  'search',
]
const VERBS = ['create', 'update', 'remove', 'list', 'describe', 'subscribe', 'approve', 'reject', 'archive', 'restore']
const THINGS = [
  'invoice',
  'customer',
  'address',
  'parcel',
  'attachment',
  'comment',
  'permission',
  'schedule',
  'template',
  'report',
]

/** A thousand commands with names as people give them, in ten areas; and a push for each area. */
function manyCommands(): Readonly<Record<string, unknown>> {
  const exports: Record<string, unknown> = {}
  for (const area of AREAS) {
    exports[`${area}Changed`] = push({ cmd: `${area}.changed`, data: Type.Object({ id: Type.Integer() }) })
    for (const [index, name] of VERBS.flatMap((verb) => THINGS.map((thing) => `${verb}_${thing}`)).entries()) {
      exports[`${area}_${name}`] = command({
        cmd: index < 3 ? `${area}.basics.${name}` : `${area}.${name}`,
        request: Type.Object({ id: Type.Integer(), note: Type.Optional(Type.String()) }),
        params: ['id'],
        errors: { [`${name}_missing`]: { status: 1001, data: Type.Object({}) } },
        idempotent: index % 2 === 0,
      })
    }
  }
  return exports
}

function clientText(client: ClientOutput): string {
  const { files, diagnostics } = generate({ schema: '*.ts', client }, [{ file: 'all.ts', exports: manyCommands() }])
  expect(diagnostics).toEqual([])
  return files[0]?.text ?? ''
}

/** The bundle of a program that uses a generated client. */
async function bundle(client: string, program: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: ROOT },
    plugins: [
      {
        name: 'generated',
        setup: ({ onResolve, onLoad }) => {
          onResolve({ filter: /^generated$/ }, () => ({ path: 'generated', namespace: 'generated' }))
          onLoad({ filter: /.*/, namespace: 'generated' }, () => ({ contents: client, loader: 'ts', resolveDir: ROOT }))
        },
      },
    ],
    ...{ bundle: true, minify: true, platform: 'browser', format: 'esm', write: false },
  })
  return outputFiles.map(({ text }) => text).join('')
}

function gzipSize(text: string): number {
  return gzipSync(text, { level: 9 }).byteLength
}

const BARE = `import { billingBasicsCommands, createBareClient } from 'generated'
const client = createBareClient('ws://x')
const billing = billingBasicsCommands(client)
console.log(await billing.createInvoice(1), await billing.createCustomer(2), await billing.createAddress(3))`

const WHOLE = `import { createClient } from 'generated'
const { billing: { basics } } = createClient('ws://x')
console.log(await basics.createInvoice(1), await basics.createCustomer(2), await basics.createAddress(3))`

const RUNTIME = `import { WsrvClient } from '@wsrv/client'
console.log(WsrvClient)`

/** Everything but the three. */
const OTHERS = [...AREAS.filter((area) => area !== 'billing'), ...VERBS.map((verb) => `billing.${verb}`)].map(
  (one) => `${one}*`,
)

describe('a page that calls three of a thousand commands', () => {
  it.each([
    ['through one namespace of a bare client', {}, BARE],
    ['through a client that includes them', { include: ['billing.basics.*', 'billing.changed'] }, WHOLE],
    ['through a client that leaves the others out', { exclude: OTHERS }, WHOLE],
  ])(`pays at most ${MAX_ADDED_BYTES} bytes over the runtime %s`, async (_, selection, program) => {
    const text = await bundle(clientText({ path: 'client.ts', ...selection }), program)
    expect(text).toContain('billing.basics.create_invoice')
    expect(text).not.toContain('list_parcel')
    const runtime = await bundle('', RUNTIME)
    const added = gzipSize(text) - gzipSize(runtime)
    expect(added).toBeGreaterThan(0)
    expect(added).toBeLessThanOrEqual(MAX_ADDED_BYTES)
  })
})

describe('a client of some commands', () => {
  it('has their types and no others, and the hash of the whole contract', () => {
    const Parcel = Type.Object({ id: Type.Integer(), inner: Type.Array(Type.Object({ id: Type.Integer() })) })
    const Box = Type.Object({ parcels: Type.Array(Parcel), size: Type.Literal('big') })
    const exports = {
      Parcel,
      Box,
      send: command({ response: Box }),
      weigh: command({ response: Parcel }),
      lost: push({}),
    }
    const textOf = (client: ClientOutput) =>
      generate({ schema: '*.ts', client }, [{ file: 'a.ts', exports }]).files[0]?.text ?? ''
    const [all, some] = [textOf({ path: 'a.ts' }), textOf({ path: 'a.ts', include: ['weigh'] })]
    expect(some).toContain('export interface Parcel ')
    expect(some).not.toMatch(/\bBox\b|\bsend\b|\blost\b/)
    expect(/hash: '([^']+)', commands/.exec(some)?.[1]).toBe(/hash: '([^']+)', commands/.exec(all)?.[1])
  })
})
