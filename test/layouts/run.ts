import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { packAll } from '../packages/pack.ts'
import { ROOT } from '../packages/packages.ts'
import { LAYOUTS, type Layout } from './layouts.ts'

/**
 * `pnpm layouts [name…]`: packs every package and, in eight apps with their real frameworks from npm, runs `wsrv init`, then each
 * app's own build and tests, then wsrv's test. Exits 1 when one of them fails. `--keep` leaves the apps where they are.
 */
const args = process.argv.slice(2)
const names = args.filter((arg) => !arg.startsWith('--'))
const scratch = mkdtempSync(join(tmpdir(), 'wsrv-layouts-'))
const env = {
  ...process.env,
  CI: '1',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  NEXT_TELEMETRY_DISABLED: '1',
}
let failures = 0
try {
  const tarballs = packAll(scratch)
  for (const layout of LAYOUTS) if (names.length === 0 || names.includes(layout.name)) check(layout, tarballs)
} finally {
  if (args.includes('--keep')) console.log(scratch)
  else rmSync(scratch, { recursive: true })
}
process.exitCode = failures === 0 ? 0 : 1

function check({ name, files, folder = '.', checks, manager }: Layout, tarballs: ReadonlyMap<string, string>): void {
  const root = join(scratch, name.replaceAll(' ', '-'))
  for (const [path, text] of Object.entries(files)) write(join(root, path), text)
  const app = join(root, folder)
  mkdirSync(app, { recursive: true })
  const wsrv = `${join(ROOT, 'node_modules/.bin/tsx')} ${join(ROOT, 'packages/cli/src/bin.ts')}`
  const manifest = join(app, 'package.json')
  const own = (): string => (JSON.parse(readFileSync(manifest, 'utf8')).scripts['wsrv:test'] ? 'wsrv:test' : 'test')
  const steps: readonly (() => void)[] = [
    () => run(`${wsrv} init --no-install`, app),
    () => usePacked(manifest, tarballs),
    () => manager === 'pnpm' && overrideAll(join(root, 'pnpm-workspace.yaml'), tarballs),
    () => run(manager === 'pnpm' ? 'npx -y pnpm@12 install --no-frozen-lockfile' : 'npm install', app),
    () => run(`node_modules/.bin/wsrv codegen`, app),
    ...checks.map((command) => () => run(command.replace(/^pnpm/, 'npx -y pnpm@12'), app)),
    () => run(`npm run ${own()}`, app),
  ]
  const startedAt = performance.now()
  try {
    for (const step of steps) step()
    console.log(`ok      ${name}, ${Math.round((performance.now() - startedAt) / 1_000)} s`)
  } catch (error) {
    failures++
    console.log(`failed  ${name}: ${error instanceof Error ? error.message : error}`)
  }
}

/** Has a project take the packages as they are packed, those that others need included. */
function usePacked(path: string, tarballs: ReadonlyMap<string, string>): void {
  const manifest = JSON.parse(readFileSync(path, 'utf8'))
  for (const [name, tarball] of tarballs) {
    if (/redis|testing/.test(name)) continue
    const place = manifest.dependencies?.[name] === undefined ? 'devDependencies' : 'dependencies'
    manifest[place] = { ...manifest[place], [name]: `file:${tarball}` }
  }
  writeFileSync(path, JSON.stringify(manifest, null, 2))
}

function overrideAll(path: string, tarballs: ReadonlyMap<string, string>): void {
  const lines = [...tarballs].map(([name, tarball]) => `  '${name}': 'file:${tarball}'\n`)
  writeFileSync(path, `${readFileSync(path, 'utf8')}overrides:\n${lines.join('')}`)
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function run(command: string, cwd: string): void {
  if (!existsSync(cwd)) throw new Error(`${cwd} does not exist`)
  const { status, stdout, stderr } = spawnSync(command, { cwd, env, shell: true, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command}\n${stdout}${stderr}`)
}
