import { RIGHT, type WrongCase } from './wrong-case.ts'

const LOCK = JSON.stringify({
  lockVersion: 1,
  contract: {
    commands: [
      { cmd: 'sign_in', request: { type: 'object' }, response: { type: 'object' }, errors: {}, idempotent: true },
    ],
    pushes: [],
    types: {},
  },
})
const SEVERAL = `export default {
  contracts: {
    shop: { schema: 'schema/**/*.ts', client: 'shop.ts' },
    admin: { schema: 'schema/**/*.ts', client: 'admin.ts' },
  },
}
`

/** Wrong command lines, and right ones that meet files that are not. */
export const COMMAND_LINES: readonly WrongCase[] = [
  { name: 'command-unknown', args: ['generate'], exitCode: 2 },
  { name: 'command-mistyped', args: ['codgen'], exitCode: 2 },
  { name: 'command-argument-too-many', args: ['codegen', 'schema'], exitCode: 2 },
  { name: 'option-mistyped', args: ['codegen', '--chek'], exitCode: 2 },
  { name: 'option-without-value', args: ['codegen', '--config'], exitCode: 2 },
  { name: 'options-check-and-watch', args: ['codegen', '--check', '--watch'], exitCode: 2 },
  { name: 'config-option-names-nothing', args: ['codegen', '--config', 'nowhere.ts'], exitCode: 2 },
  { name: 'config-option-names-a-folder', args: ['codegen', '--config', 'schema'], exitCode: 2 },
  { name: 'contract-of-a-config-with-one', args: ['codegen', '--contract', 'shop'], exitCode: 2 },
  {
    name: 'contract-mistyped',
    files: { 'wsrv.config.ts': SEVERAL },
    args: ['codegen', '--contract', 'shp'],
    exitCode: 2,
  },
  {
    name: 'contract-unknown',
    files: { 'wsrv.config.ts': SEVERAL },
    args: ['lock', '--contract', 'warehouse'],
    exitCode: 2,
  },
  { name: 'recording-missing', args: ['replay', 'chat.jsonl'], exitCode: 1 },
  { name: 'script-missing', args: ['mock', '--script', 'answers.json'], exitCode: 1 },
  { name: 'lock-missing', args: ['diff'], exitCode: 2 },
  { name: 'lock-is-not-json', files: { 'wsrv.lock.json': 'lock' }, args: ['diff'], exitCode: 2 },
  { name: 'lock-is-a-list', files: { 'wsrv.lock.json': '[]' }, args: ['diff'], exitCode: 2 },
  { name: 'lock-of-a-newer-version', files: { 'wsrv.lock.json': '{ "lockVersion": 2 }' }, args: ['diff'], exitCode: 2 },
  { name: 'lock-without-version', files: { 'wsrv.lock.json': '{}' }, args: ['diff'], exitCode: 2 },
  { name: 'lock-without-contract', files: { 'wsrv.lock.json': '{ "lockVersion": 1 }' }, args: ['diff'], exitCode: 2 },
  {
    name: 'lock-of-one-contract-config-of-several',
    files: { 'wsrv.config.ts': SEVERAL, 'wsrv.lock.json': LOCK },
    args: ['diff'],
    exitCode: 2,
  },
  { name: 'against-nothing-git-knows', args: ['diff', '--against', 'v0.0.0'], exitCode: 2 },
  {
    name: 'allow-without-reason',
    files: { 'wsrv.lock.json': LOCK },
    args: ['diff', '--allow', 'sign_in#'],
    exitCode: 2,
  },
  {
    name: 'reason-without-allow',
    files: { 'wsrv.lock.json': LOCK },
    args: ['diff', '--reason', 'because'],
    exitCode: 2,
  },
  {
    name: 'allow-mistyped',
    files: { 'wsrv.lock.json': LOCK },
    args: ['diff', '--allow', 'sign_on#', '--reason', 'No client calls it.', '--release', '2.0'],
    exitCode: 2,
  },
  {
    name: 'allow-of-what-is-safe',
    files: { 'wsrv.lock.json': LOCK },
    args: ['diff', '--allow', 'register#', '--reason', 'It is new.', '--release', '2.0'],
    exitCode: 2,
  },
  {
    name: 'allow-in-a-config-that-cannot-be-edited',
    files: {
      'wsrv.lock.json': LOCK,
      'wsrv.config.ts': (RIGHT['wsrv.config.ts'] as string).replace('  client', '  ...{},\n  client'),
    },
    args: ['diff', '--allow', 'sign_in#', '--reason', 'No client calls it.', '--release', '2.0'],
    exitCode: 2,
  },
  { name: 'init-beside-a-config', args: ['init'], exitCode: 2 },
  {
    name: 'init-beside-a-broken-manifest',
    files: { 'wsrv.config.ts': undefined, 'package.json': '{ "name": }' },
    args: ['init'],
    exitCode: 2,
  },
  { name: 'output-path-is-a-folder', files: { 'generated/client.ts/README.md': '' }, exitCode: 1 },
]
