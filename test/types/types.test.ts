import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc')

/** Every `*.test-d.ts` states what must compile, and under `@ts-expect-error` what must not; this runs the compiler on them. */
it('compiles what must compile and refuses what must not', { timeout: 120_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [TSC, '--noEmit', '--project', ROOT]).catch(
    (error: { stdout: string }) => error,
  )
  expect(stdout).toBe('')
})
