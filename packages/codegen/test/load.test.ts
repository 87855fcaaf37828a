import { afterEach, expect, it } from 'vitest'
import { createTsxLoader } from '../src/load/load-tsx.ts'
import { createTempProject, type TempProject } from './temp-project.ts'

let project: TempProject
afterEach(() => project.delete())

const load = async (files: Readonly<Record<string, string>>) => {
  project = createTempProject(files)
  const paths = Object.keys(files).filter((path) => path.startsWith('schema/'))
  return createTsxLoader().load(
    paths.map((path) => `${project.root}/${path}`),
    project.root,
  )
}

it('loads modules together: what they import in common is one instance', async () => {
  const { modules, imports } = await load({
    'shared.ts': 'export const shared = {}\n',
    'schema/a.ts': "import { shared } from '../shared.ts'\nexport const a = shared\n",
    'schema/b.ts': "import { shared } from '../shared.ts'\nexport const b: object = shared\n",
  })
  const [a, b] = modules
  expect([a?.file, b?.file]).toEqual(['schema/a.ts', 'schema/b.ts'])
  expect(a?.exports['a']).toBe(b?.exports['b'])
  expect(imports.map((path) => path.slice(project.root.length + 1)).sort()).toEqual([
    'schema/a.ts',
    'schema/b.ts',
    'shared.ts',
  ])
})

it('loads afresh each time', async () => {
  const first = await load({ 'schema/a.ts': 'export const a = 1\n' })
  project.write('schema/a.ts', 'export const a = 2\n')
  const second = await createTsxLoader().load([`${project.root}/schema/a.ts`], project.root)
  expect([first, second].map(({ modules }) => modules[0]?.exports['a'])).toEqual([1, 2])
})

it('lets a module know where it is', async () => {
  const { modules, diagnostics } = await load({ 'schema/a.ts': 'export const at = import.meta.url\n' })
  expect(diagnostics).toEqual([])
  expect(String(modules[0]?.exports['at'])).toMatch(/schema\/a\.ts/)
})

it('says which of several modules failed, and loads the others', async () => {
  const { modules, diagnostics } = await load({
    'schema/a.ts': 'export const a = 1\n',
    'schema/b.ts': "throw new Error('no')\n",
  })
  expect(modules.map(({ file }) => file)).toEqual(['schema/a.ts'])
  expect(diagnostics.map(({ file }) => file)).toEqual(['schema/b.ts'])
})
