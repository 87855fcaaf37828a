import { afterEach, describe, expect, it } from 'vitest'
import { allowInConfig } from '../../codegen/src/config/edit-config.ts'
import { createTempProject, type TempProject } from '../../codegen/test/temp-project.ts'

const ID = 'list#/request/limit'
const WHY = "Nobody's client asks for more."
const schema = (maximum: number): string => `import { command } from '@wsrv/schema'
const limit = { type: 'integer', maximum: ${maximum} }
export const list = command({ request: { type: 'object', properties: { limit } } })
`

let project: TempProject
async function release(config: string): Promise<void> {
  project = createTempProject({ 'wsrv.config.ts': config, 'schema/list.ts': schema(100) })
  await project.run('lock')
  project.write('schema/list.ts', schema(10))
}

describe('wsrv diff --allow', () => {
  afterEach(() => project.delete())

  it('lets a change pass and writes it into the config with its reason', async () => {
    const config = "export default {\n  schema: 'schema/*.ts',\n  client: 'client.ts', // the only one\n}\n"
    await release(config)
    expect(await project.run('diff', '--allow', ID, '--reason', WHY)).toEqual({
      exitCode: 0,
      out: [
        `ALLOWED ${ID}`,
        '  maximum 100 → maximum 10',
        `  ${WHY}`,
        '1 change: 0 BREAKING, 0 REVIEW, 0 SAFE, 1 allowed',
        'changed wsrv.config.ts',
      ],
      err: [],
    })
    expect(project.read('wsrv.config.ts')).toBe(
      "export default {\n  schema: 'schema/*.ts',\n  client: 'client.ts', // the only one\n  allow: {\n    'list#/request/limit': \"Nobody's client asks for more.\",\n  },\n}\n",
    )
    const again = await project.run('diff')
    expect([again.exitCode, again.out.at(-1)]).toEqual([0, '1 change: 0 BREAKING, 0 REVIEW, 0 SAFE, 1 allowed'])
  })

  it('lets nothing pass that passes anyway', async () => {
    await release("export default { schema: 'schema/*.ts', client: 'client.ts' }\n")
    project.write('schema/list.ts', schema(200).replace('maximum', 'minimum: 1, maximum'))
    const diff = ['diff', '--allow', ID, '--reason', WHY]
    for (const args of [diff, ['diff']]) {
      const { exitCode, out } = await project.run(...args)
      expect([exitCode, out.filter((line) => line.endsWith(ID))]).toEqual([0, [`ALLOWED ${ID}`, `SAFE ${ID}`]])
    }
  })

  it('writes into each contract that has the change', async () => {
    await release(
      "export default { contracts: { a: { schema: 'schema/*.ts', client: 'a.ts' }, b: { schema: 'schema/*.ts', client: 'b.ts' } } }\n",
    )
    expect((await project.run('diff', '--allow', ID, '--reason', 'Why not.', '--contract', 'b')).exitCode).toBe(0)
    expect(project.read('wsrv.config.ts')).toBe(
      "export default { contracts: { a: { schema: 'schema/*.ts', client: 'a.ts' }, b: { schema: 'schema/*.ts', client: 'b.ts', allow: { 'list#/request/limit': 'Why not.' } } } }\n",
    )
    expect((await project.run('diff')).exitCode).toBe(1)
    expect((await project.run('diff', '--allow', ID, '--reason', 'Why not.')).exitCode).toBe(0)
    expect(project.read('wsrv.config.ts').match(/Why not/g)).toHaveLength(2)
  })

  it('is spent once the contract is released, or it would let the next such change pass too', async () => {
    await release("export default { schema: 'schema/*.ts', client: 'client.ts' }\n")
    await project.run('diff', '--allow', ID, '--reason', WHY)
    const spent = `warning wsrv.config.ts: allow has "${ID}", which no change has any more. Remove it, or it lets the next such change pass too.`
    expect(await project.run('lock')).toEqual({ exitCode: 0, out: ['wrote wsrv.lock.json'], err: [spent] })
    expect(await project.run('diff')).toEqual({ exitCode: 0, out: ['The contract has not changed.'], err: [spent] })
  })

  it.each([
    ['a byte order mark', '\uFEFF', '\n', '  '],
    ['CRLF', '', '\r\n', '  '],
    ['tabs', '', '\n', '\t'],
    ['all of them', '\uFEFF', '\r\n', '\t'],
  ])('leaves %s in the config', async (_, mark, end, step) => {
    const restyle = (text: string) => mark + text.replaceAll('\n', end).replaceAll('  ', step)
    await release(restyle("export default {\n  schema: 'schema/*.ts',\n  client: 'client.ts',\n}\n"))
    expect((await project.run('diff', '--allow', ID, '--reason', 'Why not.')).exitCode).toBe(0)
    const before = restyle("export default {\n  schema: 'schema/*.ts',\n  client: 'client.ts',\n")
    const text = project.read('wsrv.config.ts')
    expect(text.startsWith(before + restyle('  allow: {').slice(mark.length))).toBe(true)
    expect(text.replaceAll(end, '')).not.toMatch(/[\r\n]/)
    expect((await project.run('diff')).exitCode).toBe(0)
  })

  it('names what it wrote to machines', async () => {
    await release("export default { schema: 'schema/*.ts', client: 'client.ts' }\n")
    const { out } = await project.run('diff', '--allow', ID, '--reason', WHY, '--json')
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      ok: true,
      files: [{ path: 'wsrv.config.ts', change: 'changed' }],
      changes: [{ id: ID, allowed: WHY }],
    })
  })
})

describe('an allowed change is written into', () => {
  const edit = (text: string, contract?: string) => allowInConfig(text, [{ contract, id: 'a#', reason: 'b' }])

  it.each([
    [
      'a call of defineConfig',
      'export default defineConfig({ schema: 1 })',
      "export default defineConfig({ schema: 1, allow: { 'a#': 'b' } })",
    ],
    ['an object without properties', 'export default {}', "export default { allow: { 'a#': 'b' } }"],
    [
      'a trailing comma on one line',
      'export default { schema: 1, }',
      "export default { schema: 1, allow: { 'a#': 'b' }, }",
    ],
    [
      'lines without a trailing comma',
      'export default {\n\tschema: 1 // one\n}',
      "export default {\n\tschema: 1, // one\n\tallow: {\n\t\t'a#': 'b',\n\t},\n}",
    ],
    [
      'Windows lines',
      'export default {\r\n  schema: 1,\r\n}',
      "export default {\r\n  schema: 1,\r\n  allow: {\r\n    'a#': 'b',\r\n  },\r\n}",
    ],
    [
      'a file of double quotes',
      'export default { schema: "s" }',
      'export default { schema: "s", allow: { "a#": "b" } }',
    ],
    [
      'changes that are there',
      "export default {\n  allow: {\n    // old\n    'z#': 'y',\n  },\n}",
      "export default {\n  allow: {\n    // old\n    'z#': 'y',\n    'a#': 'b',\n  },\n}",
    ],
    ['no changes yet', 'export default { allow: {} }', "export default { allow: { 'a#': 'b' } }"],
    [
      'the place of an older reason',
      "export default { allow: { 'a#': 'old', c: 'd' } }",
      "export default { allow: { 'a#': 'b', c: 'd' } }",
    ],
    [
      'a constant that is checked',
      'const config = { schema: 1 } satisfies Config\nexport default config',
      "const config = { schema: 1, allow: { 'a#': 'b' } } satisfies Config\nexport default config",
    ],
  ])('%s', (_what, before, after) => {
    expect(edit(before)).toBe(after)
  })

  it.each([
    ['a function that makes the config', 'export default make()'],
    ['a spread, which may hold it', 'export default { ...base }'],
    ['a constant from elsewhere', "import { allow } from './allow.ts'\nexport default { allow }"],
    ['no default export', 'export const config = {}'],
  ])('no file that has %s', (_what, text) => {
    expect(edit(text)).toBeUndefined()
  })

  it('the contract of that name', () => {
    expect(edit('export default { contracts: { one: {}, "two": { schema: 1 } } }', 'two')).toBe(
      'export default { contracts: { one: {}, "two": { schema: 1, allow: { "a#": "b" } } } }',
    )
    expect(edit('export default { contracts: { one: {} } }', 'two')).toBeUndefined()
  })
})
