import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc')

/** Every `*.test-d.ts` states what must compile, and under `@ts-expect-error` what must not; this runs the compiler on them. */
it.each(['tsconfig.json', 'tsconfig.packages.json'])(
  '%s compiles what must compile and refuses what must not',
  { timeout: 120_000 },
  async (project) => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      TSC,
      '--noEmit',
      '--project',
      join(ROOT, project),
    ]).catch((error: { stdout: string }) => error)
    expect(stdout).toBe('')
  },
)
