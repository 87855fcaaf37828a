import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { emitDeclarations, reportDeclarations } from './api.ts'
import { ROOT } from './packages.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wsrv-types-'))
  emitDeclarations(folder)
}, 240_000)
afterAll(() => rmSync(folder, { recursive: true }))

it('docs/api says what every entry point exports (else: pnpm api, and a changeset if users notice)', () => {
  const reports = reportDeclarations(folder)
  for (const { file, text } of reports)
    expect(existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8') : '', `${file}: run pnpm api`).toBe(
      text,
    )
  const files = readdirSync(join(ROOT, 'docs/api')).map((file) => `docs/api/${file}`)
  expect(files.sort()).toEqual(reports.map(({ file }) => file).sort())
})

/** A sample of `pnpm matrix`: the oldest compiler, every library checked. */
it('the types of client, schema and server compile with TypeScript 5.4', { timeout: 240_000 }, () => {
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const compilerOptions = {
    ...{ strict: true, target: 'ES2022', module: 'ESNext', moduleResolution: 'bundler', types: ['node'] },
    ...{ allowImportingTsExtensions: true, noEmit: true, paths: { '@wsrv/*': ['./*/src/index.d.ts'] } },
  }
  const files = ['client', 'schema', 'server'].map((name) => `${name}/src/index.d.ts`)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
  const tsc = join(ROOT, 'node_modules/typescript-5.4/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { encoding: 'utf8' })
  expect(stdout).toBe('')
})
