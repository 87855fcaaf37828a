import { afterEach, describe, expect, it } from 'vitest'
import { createTsxLoader } from '../src/load/load-tsx.ts'
import type { Loaded } from '../src/load/loader.ts'
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

/** What the modules of the tests below export, all together. */
interface Found {
  readonly a: { readonly shared: unknown }
  readonly b: { readonly shared: unknown }
  readonly c: unknown
  readonly default: unknown
  readonly more: unknown
  readonly shared: unknown
}

describe('a loader that loads again', () => {
  const SHARED = 'export const shared = { at: 1 }\n'
  const A = "import { shared } from './shared.ts'\nexport const a = { shared }\n"
  const B = "import { shared } from './shared.ts'\nexport const b = { shared }\nexport default 7\n"
  const PATHS = ['schema/a.ts', 'schema/b.ts', 'schema/shared.ts']
  let again: (paths?: readonly string[]) => Promise<Loaded>

  const start = async (files: Readonly<Record<string, string>>): Promise<Loaded> => {
    project = createTempProject(files)
    const loader = createTsxLoader()
    again = (paths = PATHS) =>
      loader.load(
        paths.map((path) => `${project.root}/${path}`),
        project.root,
      )
    return again()
  }
  const exportsOf = ({ modules }: Loaded): Found => Object.assign({}, ...modules.map((one) => one.exports))

  it('evaluates only what changed, which finds the others as they were', async () => {
    const first = exportsOf(await start({ 'schema/a.ts': A, 'schema/b.ts': B, 'schema/shared.ts': SHARED }))
    project.write('schema/a.ts', A.replace('{ shared }\n', '{ shared, edited: true }\n'))
    const second = await again()
    expect(exportsOf(second)).toMatchObject({ a: { edited: true }, default: 7 })
    expect(exportsOf(second).b).toBe(first.b)
    expect(exportsOf(second).a.shared).toBe(first.shared)
    expect(second.imports).toHaveLength(3)
    project.write('schema/a.ts', A)
    const third = exportsOf(await again())
    expect(third.a).toEqual({ shared: first.shared })
    expect(third.a.shared).toBe(first.shared)
  })

  it('evaluates everything when a module changed that others import', async () => {
    const first = exportsOf(await start({ 'schema/a.ts': A, 'schema/b.ts': B, 'schema/shared.ts': SHARED }))
    project.write('schema/shared.ts', SHARED.replace('1', '2'))
    const second = exportsOf(await again())
    expect(second.b).not.toBe(first.b)
    expect([second.a.shared, second.b.shared]).toEqual([{ at: 2 }, { at: 2 }])
    expect(second.a.shared).toBe(second.b.shared)
  })

  it('evaluates everything when what changed shares a file that is no module of its own', async () => {
    const paths = ['schema/a.ts', 'schema/b.ts']
    const outside = (text: string): string => text.replace('./shared.ts', '../shared.ts')
    await start({ 'schema/a.ts': outside(A), 'schema/b.ts': outside(B), 'schema/shared.ts': '', 'shared.ts': SHARED })
    await again(paths)
    project.write('schema/a.ts', `${outside(A)}export const more = 1\n`)
    const second = exportsOf(await again(paths))
    expect(second.more).toBe(1)
    expect(second.a.shared).toBe(second.b.shared)
  })

  it('loads modules that come and forgets those that go', async () => {
    await start({ 'schema/a.ts': A, 'schema/b.ts': B, 'schema/shared.ts': SHARED })
    project.write('schema/c.ts', "import { b } from './b.ts'\nexport const c = b\n")
    const more = exportsOf(await again([...PATHS, 'schema/c.ts']))
    expect(more.c).toBe(more.b)
    project.write('schema/b.ts', B.replace('7', '8'))
    const edited = exportsOf(await again([...PATHS, 'schema/c.ts']))
    expect(edited.default).toBe(8)
    expect(edited.c).toBe(edited.b)
    expect(exportsOf(await again(['schema/a.ts', 'schema/shared.ts']))).not.toHaveProperty('b')
  })

  it('recovers from a module that did not load', async () => {
    await start({ 'schema/a.ts': A, 'schema/b.ts': B, 'schema/shared.ts': SHARED })
    project.write('schema/a.ts', 'export const a = {\n')
    expect((await again()).diagnostics).toHaveLength(1)
    project.write('schema/a.ts', A)
    const { modules, diagnostics } = await again()
    expect(diagnostics).toEqual([])
    expect(exportsOf({ modules, diagnostics, imports: [] }).a.shared).toEqual({ at: 1 })
  })
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
