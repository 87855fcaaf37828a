import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { readFences } from './fences.ts'
import { ROOT } from './sections.ts'

const DOCUMENTS = [
  'README.md',
  'docs/go-server.md',
  ...readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}/README.md`),
]

it('every TypeScript fence of the documents compiles', { timeout: 120_000 }, async () => {
  const scratch = join(ROOT, 'test/fixtures')
  mkdirSync(scratch, { recursive: true })
  const folder = mkdtempSync(join(scratch, 'fences-'))
  try {
    const fences = DOCUMENTS.flatMap(readFences)
    expect(fences.length).toBeGreaterThan(3)
    for (const { document, line, code } of fences)
      writeFileSync(join(folder, `${document.replaceAll('/', '-')}-line-${line}.ts`), code)
    const options = {
      extends: join(ROOT, 'tsconfig.json'),
      compilerOptions: { isolatedDeclarations: false, declaration: false, noUnusedLocals: false },
      include: ['*.ts'],
      exclude: [],
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options))
    const { stdout } = await promisify(execFile)(process.execPath, [
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      '--project',
      folder,
    ]).catch((error: { stdout: string }) => error)
    expect(stdout).toBe('')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
