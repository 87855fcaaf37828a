import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { ROOT } from '../../codegen/test/temp-project.ts'

/** What is loaded before the command line has been read: packages by name, and files of the program. */
async function loadedAtStart(): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [join(ROOT, 'packages/cli/src/bin.ts')],
    absWorkingDir: ROOT,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    metafile: true,
    write: false,
  })
  const found = new Set<string>()
  const visit = (path: string): void => {
    if (found.has(path)) return
    found.add(path)
    for (const { path: to, kind } of metafile.inputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && !to.startsWith('node:')) visit(to)
    }
  }
  visit('packages/cli/src/bin.ts')
  return [...found]
}

it('a command loads itself only: neither the generator nor the other commands', async () => {
  const loaded = await loadedAtStart()
  expect(loaded.filter((path) => !path.startsWith('packages/')).sort()).toEqual([
    '@wsrv/codegen',
    'commander',
    'picocolors',
  ])
  expect(loaded.filter((path) => path.startsWith('packages/cli/src/commands/'))).toEqual([])
})
