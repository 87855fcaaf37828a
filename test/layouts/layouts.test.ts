import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { createTempProject, ROOT, type TempProject } from '../../packages/codegen/test/temp-project.ts'
import { LAYOUTS } from './layouts.ts'

let project: TempProject
afterEach(() => project.delete())

const run = promisify(execFile)

/** What the compiler finds in files of wsrv; what the app's own need, its framework, is not installed here. */
async function typeErrors(folder: string, tsconfig: string): Promise<readonly string[]> {
  const args = ['-p', join(folder, tsconfig), '--noEmit', '--composite', 'false', '--incremental', 'false']
  const tsc = join(ROOT, 'node_modules/.bin/tsc')
  const said = await run(tsc, args, { cwd: folder }).then(
    () => '',
    (error: { readonly stdout: string }) => error.stdout,
  )
  return said.split('\n').filter((line) => OWN.test(line) || line.startsWith('error'))
}

/** A line about a file of wsrv in the app; the packages are TypeScript here, which an app never sees. */
const OWN = /^(?!\.\.)\S*(wsrv|server|schema)\S*\(\d/

/** One layout for each way in which files import each other; `pnpm layouts` compiles all. */
const COMPILED: readonly string[] = ['Vite React', 'Express TS', 'commonjs']

describe('wsrv init in an app that is there', () => {
  it.each(LAYOUTS)('$name: what it adds generates, and nothing of the app is touched', async (layout) => {
    const { files, folder = '.' } = layout
    project = createTempProject(files)
    if (files['package.json'] === undefined) project.remove('package.json')
    const at = (path: string): string => join(folder, path)
    const inApp = (...args: readonly string[]) => project.runIn(folder, ...args)
    expect(await inApp('init', '--no-install')).toMatchObject({ exitCode: 0, err: [] })
    const config = project.files().includes(at('wsrv.config.mjs')) ? 'wsrv.config.mjs' : 'wsrv.config.ts'
    expect(await inApp('codegen')).toMatchObject({ exitCode: 0, err: [] })
    for (const [path, text] of Object.entries(files))
      if (path !== at('package.json')) expect([path, project.read(path)]).toEqual([path, text])
    expect(project.read(at(config))).toContain('defineConfig({')
    const again = await inApp('init', '--no-install')
    expect(again.out.filter((line) => /^(created|changed)/.test(line))).toEqual([])
  })

  it.each(LAYOUTS.filter(({ name }) => COMPILED.includes(name)))('$name: what it adds compiles', async (layout) => {
    const { files, folder = '.', projects } = layout
    project = createTempProject(files)
    await project.runIn(folder, 'init', '--no-install')
    await project.runIn(folder, 'codegen')
    for (const tsconfig of projects) expect(await typeErrors(join(project.root, folder), tsconfig)).toEqual([])
  })
})
