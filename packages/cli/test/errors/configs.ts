import type { WrongCase } from './wrong-case.ts'

const config = (text: string) => ({ 'wsrv.config.ts': `${text}\n` })
const options = (text: string) =>
  config(`export default {\n  schema: 'schema/**/*.ts',\n  client: 'generated/client.ts',\n  ${text}\n}`)

const several = (shop: string, admin: string) =>
  config(`export default {
  contracts: {
    shop: { schema: 'schema/**/*.ts', ${shop} },
    admin: { schema: 'schema/**/*.ts', ${admin} },
  },
}`)

/** Wrong configs. */
export const CONFIGS: readonly WrongCase[] = [
  { name: 'config-missing', files: { 'wsrv.config.ts': undefined }, exitCode: 2 },
  {
    name: 'config-syntax-error',
    files: config("export default {\n  schema: 'schema/**/*.ts'\n  client: 'generated/client.ts',\n}"),
    exitCode: 2,
  },
  { name: 'config-throws', files: config("throw new Error('no config today')"), exitCode: 2, isProgram: true },
  {
    name: 'config-without-default-export',
    files: config("export const config = { schema: 'schema/**/*.ts' }"),
    exitCode: 2,
  },
  { name: 'config-is-no-object', files: config('export default 7'), exitCode: 2 },
  { name: 'config-is-a-list', files: config('export default [{}]'), exitCode: 2 },
  {
    name: 'config-wrong-types',
    files: config(
      "export default { schema: ['schema/*.ts', 7], client: true, server: '', title: 7, version: ' ', emitters: {}, allow: {}, isolatedDeclarations: 1 }",
    ),
    exitCode: 2,
  },
  { name: 'config-unknown-option', files: options("handler: 'src/handlers',"), exitCode: 2 },
  { name: 'config-unknown-option-like-no-other', files: options('prettier: true,'), exitCode: 2 },
  { name: 'config-without-schema', files: config("export default { client: 'generated/client.ts' }"), exitCode: 2 },
  { name: 'config-generates-nothing', files: config("export default { schema: 'schema/**/*.ts' }"), exitCode: 2 },
  { name: 'config-handlers-without-server', files: options("handlers: 'handlers',"), exitCode: 2 },
  {
    name: 'config-glob-matches-nothing',
    files: config("export default { schema: ['contract/**/*.ts', 'api/*.ts'], client: 'client.ts' }"),
    exitCode: 1,
  },
  { name: 'config-absolute-paths', files: options("server: '/srv/server.ts',\n  docs: 'C:\\\\docs',"), exitCode: 2 },
  {
    name: 'config-client-is-a-folder',
    files: config("export default { schema: 'schema/**/*.ts', client: 'generated/' }"),
    exitCode: 2,
  },
  { name: 'config-two-options-write-one-file', files: options("server: './generated/client.ts',"), exitCode: 2 },
  {
    name: 'config-clients-wrong',
    files: config(
      "export default { schema: 'schema/**/*.ts', client: ['a.ts', { include: [] }, { path: 'b.ts', only: ['x'], exclude: 'y' }] }",
    ),
    exitCode: 2,
  },
  {
    name: 'config-client-selects-nothing',
    files: config(
      "export default { schema: 'schema/**/*.ts', client: { path: 'client.ts', include: ['registr', 'reg*'] } }",
    ),
    exitCode: 1,
  },
  { name: 'config-emitter-without-emit', files: options("emitters: [{ name: 'table' }],"), exitCode: 2 },
  {
    name: 'config-emitter-throws',
    files: options("emitters: [{ name: 'table', emit: (model) => model.nowhere.length }],"),
    exitCode: 1,
    written: ['generated/client.ts'],
  },
  {
    name: 'config-emitter-is-async',
    files: options("emitters: [{ name: 'table', emit: async () => [] }],"),
    exitCode: 1,
    written: ['generated/client.ts'],
  },
  {
    name: 'config-emitter-gives-no-files',
    files: options(
      "emitters: [{ name: 'table', emit: () => [7, { path: 'a.md' }, { kind: 'printed', path: '/a.md', text: '' }, { kind: 'printed', path: 'a.md' }] }],",
    ),
    exitCode: 1,
    written: ['generated/client.ts'],
  },
  {
    name: 'config-emitter-over-a-built-in-file',
    files: options(
      "emitters: [{ name: 'table', emit: () => [{ kind: 'printed', path: './generated/client.ts', text: '' }] }],",
    ),
    exitCode: 1,
  },
  { name: 'config-allow-without-reason', files: options("allow: [{ change: 'register#/request/uid' }],"), exitCode: 2 },
  { name: 'config-contracts-empty', files: config('export default { contracts: {} }'), exitCode: 2 },
  { name: 'config-contracts-is-a-list', files: config('export default { contracts: [] }'), exitCode: 2 },
  {
    name: 'config-contracts-wrong',
    files: config(
      "export default { title: 'Shop', contracts: { 'my shop': {}, shop: 7, admin: { shema: 's/*.ts', client: 'c.ts' } } }",
    ),
    exitCode: 2,
  },
  {
    name: 'config-contracts-write-one-file',
    files: several(
      "client: 'shop.ts', server: 'generated/shop.ts', docs: 'docs'",
      "client: 'shop.ts', server: 'generated/admin.ts', docs: 'docs/'",
    ),
    exitCode: 2,
  },
  {
    name: 'config-contracts-emitters-write-one-file',
    files: several(
      "emitters: [{ name: 'table', emit: () => [{ kind: 'printed', path: 'API.md', text: '' }] }]",
      "emitters: [{ name: 'table', emit: () => [{ kind: 'printed', path: 'API.md', text: '' }] }]",
    ),
    exitCode: 1,
  },
  {
    name: 'config-contracts-share-a-wrong-schema',
    files: {
      ...several("client: 'shop.ts'", "client: 'admin.ts'"),
      'schema/users.ts': "import { command } from '@wsrv/schema'\nexport const then = command({})\n",
    },
    exitCode: 1,
  },
]
