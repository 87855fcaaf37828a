import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { packAll } from '../packages/pack.ts'
import { ROOT } from '../packages/packages.ts'
import { ROWS, type Row, VERSIONS } from './matrix.ts'
import { programFor } from './program.ts'

/**
 * `pnpm matrix`: packs every package, generates from the example's contract and one of every construct, and compiles that and
 * a program with each TypeScript from 5.4 to 7 under each row's settings, every library checked. Exits 1 when one finds something.
 * `--versions 5.4,7.0` and `--rows node10,bundler` choose; `--keep` leaves the folder where it is, and `--in <folder>` compiles in one that was kept.
 */
const CONSTRUCTS = `import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import { everyConstruct } from '../constructs.ts'
const Everything = Type.Object(everyConstruct())
export const everything = command({ request: Everything, response: Everything })
export const everythingPushed = push({ data: Everything })
`

const args = process.argv.slice(2)
const [kept] = listAfter('--in')
const scratch = kept ?? mkdtempSync(join(tmpdir(), 'wsrv-matrix-'))
const rows = listAfter('--rows')
const chosen = VERSIONS.filter((one) => isChosen(listAfter('--versions'), one.toFixed(1)))
let failures = 0
try {
  if (kept === undefined) installAll()
  const extensions = ['ts', 'js', 'none'] as const
  for (const extension of extensions) generateFor(extension)
  console.log(`TypeScript ${chosen.map((one) => one.toFixed(1)).join('  ')}`)
  for (const row of ROWS) if (isChosen(rows, row.name)) checkRow(row)
} finally {
  if (kept !== undefined || args.includes('--keep')) console.log(scratch)
  else rmSync(scratch, { recursive: true })
}
process.exitCode = failures === 0 ? 0 : 1

function listAfter(option: string): readonly string[] {
  return args.includes(option) ? (args[args.indexOf(option) + 1] ?? '').split(',') : []
}

/** Whether one is meant by its name or a part of it; all are when none is named. */
function isChosen(names: readonly string[], name: string): boolean {
  return names.length === 0 || names.some((one) => name.includes(one))
}

function installAll(): void {
  const tarballs = [...packAll(scratch)].filter(([name]) => !/redis|testing/.test(name))
  const compilers = VERSIONS.map((one) => [aliasOf(one), `npm:typescript@~${one.toFixed(1)}.0`])
  const dependencies = {
    ...Object.fromEntries([...tarballs.map(([name, path]) => [name, `file:${path}`]), ...compilers]),
    ...{ typebox: '^1.4.3', tsx: '^4.23.0', '@types/node': '^20.19.0', '@opentelemetry/api': '^1.9.0' },
  }
  write('package.json', JSON.stringify({ private: true, type: 'module', dependencies }))
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: scratch, stdio: ['ignore', 'ignore', 'inherit'] })
}

/** The name that a version of TypeScript is installed by. */
function aliasOf(version: number): string {
  return `typescript-${version.toFixed(1)}`
}

/** Generates with the program as it is packed. */
function generateFor(extension: Row['importExtension']): void {
  const folder = join(scratch, extension)
  cpSync(join(ROOT, 'schema'), join(folder, 'schema'), { recursive: true })
  cpSync(join(ROOT, 'packages/codegen/test/constructs.ts'), join(folder, 'constructs.ts'))
  write(`${extension}/schema/constructs.ts`, CONSTRUCTS)
  write(
    `${extension}/wsrv.config.mjs`,
    `export default {
  schema: 'schema/*.ts',
  client: 'generated/client.ts',
  server: 'generated/server.ts',
  handlers: 'handlers',
  importExtension: '${extension}',
}
`,
  )
  execFileSync(join(scratch, 'node_modules/.bin/wsrv'), ['codegen'], { cwd: folder, stdio: ['ignore', 'ignore', 2] })
}

function checkRow(row: Row): void {
  const folder = row.name.replaceAll(/\W+/g, '-').toLowerCase()
  const root = join(scratch, folder)
  write(`${folder}/package.json`, JSON.stringify({ type: row.type }))
  write(`${folder}/program.ts`, programFor(row))
  const parts = row.isPage ? ['generated/client.ts'] : ['generated', 'handlers']
  for (const part of parts) cpSync(join(scratch, row.importExtension, part), join(root, part), { recursive: true })
  const results = chosen.map((version) => compile(row, version, folder))
  console.log(`           ${results.map(markOf).join('  ')}  ${row.name}`)
  const found = results.filter((errors) => errors !== undefined && errors.length > 0)
  failures += found.length
  for (const line of new Set(found.flatMap((errors) => errors?.slice(0, 8) ?? []))) console.log(`    ${line}`)
}

function markOf(errors: readonly string[] | undefined): string {
  if (errors === undefined) return ' - '
  return errors.length === 0 ? ' ok' : 'BAD'
}

/** What a compiler finds; nothing where the version does not know the row's settings. */
function compile({ compilerOptions, from = 0, until = 99 }: Row, version: number, folder: string) {
  if (version < from || version > until) return undefined
  // node10 is announced to end, and said to be an error, in TypeScript 6.
  const isEnding = compilerOptions['moduleResolution'] === 'node10' && version >= 6
  const options = { ...compilerOptions, skipLibCheck: false, ...(isEnding && { ignoreDeprecations: '6.0' }) }
  const tsconfig = `${folder}/tsconfig.${version.toFixed(1)}.json`
  const include = ['program.ts', 'generated', 'handlers']
  write(tsconfig, JSON.stringify({ compilerOptions: { ...options, outDir: `out-${version}` }, include }))
  const { bin } = JSON.parse(readFileSync(join(scratch, 'node_modules', aliasOf(version), 'package.json'), 'utf8'))
  const tsc = join(scratch, 'node_modules', aliasOf(version), bin.tsc)
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', tsconfig, '--pretty', 'false'], {
    cwd: scratch,
    encoding: 'utf8',
  })
  return stdout.split('\n').filter((line) => line !== '')
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(scratch, path)), { recursive: true })
  writeFileSync(join(scratch, path), text)
}
