import { afterEach, describe, expect, it } from 'vitest'
import type { AllowedChange } from '../../codegen/src/config/allowed-change.ts'
import { allowInConfig } from '../../codegen/src/config/edit-config.ts'
import { createTempProject, type TempProject } from '../../codegen/test/temp-project.ts'

const ID = 'list#/request/limit'
const WHY = "The shop's client asks for less."
const ALLOW = ['--release', '2.0', '--allow', ID, '--reason']

/** What is written into a config about the change. */
const entry = (reason: string, after = 10): string =>
  `{ change: '${ID}', severity: 'BREAKING', before: 'maximum 100', after: 'maximum ${after}', release: '2.0', reason: ${reason} }`

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
    expect(await project.run('diff', ...ALLOW, WHY)).toEqual({
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
      "export default {\n  schema: 'schema/*.ts',\n  client: 'client.ts', // the only one\n  allow: [\n    {\n      change: 'list#/request/limit',\n      severity: 'BREAKING',\n      before: 'maximum 100',\n      after: 'maximum 10',\n      release: '2.0',\n      reason: \"The shop's client asks for less.\",\n    },\n  ],\n}\n",
    )
    const again = await project.run('diff')
    expect([again.exitCode, again.out.at(-1)]).toEqual([0, '1 change: 0 BREAKING, 0 REVIEW, 0 SAFE, 1 allowed'])
  })

  it('lets nothing pass that passes anyway', async () => {
    await release("export default { schema: 'schema/*.ts', client: 'client.ts' }\n")
    project.write('schema/list.ts', schema(200).replace('maximum', 'minimum: 1, maximum'))
    const diff = ['diff', ...ALLOW, WHY]
    for (const args of [diff, ['diff']]) {
      const { exitCode, out } = await project.run(...args)
      expect([exitCode, out.filter((line) => line.endsWith(ID))]).toEqual([0, [`ALLOWED ${ID}`, `SAFE ${ID}`]])
    }
  })

  it('writes into each contract that has the change', async () => {
    await release(
      "export default { contracts: { a: { schema: 'schema/*.ts', client: 'a.ts' }, b: { schema: 'schema/*.ts', client: 'b.ts' } } }\n",
    )
    expect((await project.run('diff', ...ALLOW, 'Why not.', '--contract', 'b')).exitCode).toBe(0)
    expect(project.read('wsrv.config.ts')).toBe(
      `export default { contracts: { a: { schema: 'schema/*.ts', client: 'a.ts' }, b: { schema: 'schema/*.ts', client: 'b.ts', allow: [${entry("'Why not.'")}] } } }\n`,
    )
    expect((await project.run('diff')).exitCode).toBe(1)
    expect((await project.run('diff', ...ALLOW, 'Why not.')).exitCode).toBe(0)
    expect(project.read('wsrv.config.ts').match(/Why not/g)).toHaveLength(2)
  })

  it('is spent once the contract is released', async () => {
    await release("export default { schema: 'schema/*.ts', client: 'client.ts' }\n")
    await project.run('diff', ...ALLOW, WHY)
    const spent = `warning wsrv.config.ts: allow has "${ID}" for release 2.0, which no change has any more. Remove it.`
    expect(await project.run('lock')).toEqual({ exitCode: 0, out: ['wrote wsrv.lock.json'], err: [spent] })
    expect(await project.run('diff')).toEqual({ exitCode: 0, out: ['The contract has not changed.'], err: [spent] })
  })

  it('is for the change as it was judged, and for no other of that place', async () => {
    await release("export default { schema: 'schema/*.ts', client: 'client.ts' }\n")
    await project.run('diff', ...ALLOW, WHY)
    project.write('schema/list.ts', schema(5))
    const { exitCode, out, err } = await project.run('diff')
    expect([exitCode, out[0], err]).toEqual([
      1,
      `BREAKING ${ID}`,
      [
        `warning wsrv.config.ts: allow has "${ID}" for BREAKING maximum 100 → maximum 10, which is now BREAKING maximum 100 → maximum 5. Judge it again: wsrv diff --allow '${ID}'.`,
      ],
    ])
    expect(await project.run('diff', ...ALLOW, WHY)).toMatchObject({ exitCode: 0, err: [] })
    expect(project.read('wsrv.config.ts')).toContain(`allow: [${entry(JSON.stringify(WHY), 5)}]`)
  })

  it('is for a release: of the contract where the config says its version, else of the one that is named', async () => {
    await release("export default { schema: 'schema/*.ts', client: 'client.ts' }\n")
    const nameless = await project.run('diff', '--allow', ID, '--reason', WHY)
    expect([nameless.exitCode, nameless.err[0]]).toEqual([
      2,
      "wsrv: --allow needs the release that brings the change: --release '<version>', or `version` in the config.",
    ])
    project.write('wsrv.config.ts', "export default { schema: 'schema/*.ts', client: 'client.ts', version: '3.1' }\n")
    expect((await project.run('diff', '--allow', ID, '--reason', WHY)).exitCode).toBe(0)
    const config = project.read('wsrv.config.ts')
    expect(config).toContain("release: '3.1'")
    // Compared with a version that has the change already, only the release tells whether it is spent.
    project.write('old.json', project.read('wsrv.lock.json').replaceAll('"maximum": 100', '"maximum": 10'))
    expect((await project.run('diff', '--against', 'old.json')).err).toEqual([])
    project.write('wsrv.config.ts', config.replace("version: '3.1'", "version: '3.2'"))
    expect((await project.run('diff', '--against', 'old.json')).err).toEqual([
      `warning wsrv.config.ts: allow has "${ID}" for release 3.1, which no change has any more. Remove it.`,
    ])
  })

  it('names a shared type once instead of each command that uses it', async () => {
    const shared = (maximum: number): string => `import { command } from '@wsrv/schema'
import { Type } from 'typebox'
export const Page = Type.Object({ limit: Type.Integer({ maximum: ${maximum} }) }, { $id: 'Page' })
const list = command({ request: Type.Object({ page: Type.Ref('Page'), old: Type.Union([Type.Ref('Page'), Type.Null()]) }) })
export const users = { ...list, cmd: 'users' }
export const rooms = { ...list, cmd: 'rooms' }
export const mails = command({ request: Type.Object({ limit: Type.Integer({ maximum: ${maximum} }), box: Type.String() }) })
`
    project = createTempProject({
      'wsrv.config.ts': "export default { schema: 'schema.ts', client: 'client.ts' }\n",
      'schema.ts': shared(100),
    })
    await project.run('lock')
    project.write('schema.ts', shared(10))
    const found = await project.run('diff')
    expect(found.out.slice(-2)).toEqual([
      "4 of them are one change of a shared type: 'type Page#/limit'",
      '5 changes: 5 BREAKING, 0 REVIEW, 0 SAFE, 0 allowed',
    ])
    await project.run('diff', '--allow', 'type Page#/limit', '--reason', WHY, '--release', '2.0')
    expect(project.read('wsrv.config.ts').match(/change: .*?,/g)).toEqual(["change: 'type Page#/limit',"])
    const { exitCode, out } = await project.run('diff')
    expect([exitCode, out[0], out.at(-1)]).toEqual([
      1,
      'BREAKING mails#/request/limit',
      '5 changes: 1 BREAKING, 0 REVIEW, 0 SAFE, 4 allowed',
    ])
  })

  it.each([
    ['a byte order mark', '\uFEFF', '\n', '  '],
    ['CRLF', '', '\r\n', '  '],
    ['tabs', '', '\n', '\t'],
    ['all of them', '\uFEFF', '\r\n', '\t'],
  ])('leaves %s in the config', async (_, mark, end, step) => {
    const restyle = (text: string) => mark + text.replaceAll('\n', end).replaceAll('  ', step)
    await release(restyle("export default {\n  schema: 'schema/*.ts',\n  client: 'client.ts',\n}\n"))
    expect((await project.run('diff', ...ALLOW, 'Why not.')).exitCode).toBe(0)
    const before = restyle("export default {\n  schema: 'schema/*.ts',\n  client: 'client.ts',\n")
    const text = project.read('wsrv.config.ts')
    expect(text.startsWith(before + restyle('  allow: [').slice(mark.length))).toBe(true)
    expect(text.replaceAll(end, '')).not.toMatch(/[\r\n]/)
    expect((await project.run('diff')).exitCode).toBe(0)
  })

  it('names what it wrote to machines', async () => {
    await release("export default { schema: 'schema/*.ts', client: 'client.ts' }\n")
    const { out } = await project.run('diff', ...ALLOW, WHY, '--json')
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      ok: true,
      files: [{ path: 'wsrv.config.ts', change: 'changed' }],
      changes: [{ id: ID, allowed: WHY }],
    })
  })
})

describe('an allowed change is written into', () => {
  const pinned = { change: 'a#', severity: 'REVIEW', before: 'c', after: 'd', release: '2' } as const
  const edit = (text: string, contract?: string, replaces?: AllowedChange) =>
    allowInConfig(text, [{ contract, entry: { ...pinned, reason: 'b' }, replaces }])
  const lines = ["change: 'a#'", "severity: 'REVIEW'", "before: 'c'", "after: 'd'", "release: '2'", "reason: 'b'"]
  const A = `{ ${lines.join(', ')} }`
  const spread = (indent: string, end = '\n') => lines.map((line) => `${indent}${line},${end}`).join('')

  it.each([
    [
      'a call of defineConfig',
      'export default defineConfig({ schema: 1 })',
      `export default defineConfig({ schema: 1, allow: [${A}] })`,
    ],
    ['an object without properties', 'export default {}', `export default { allow: [${A}] }`],
    ['a trailing comma on one line', 'export default { schema: 1, }', `export default { schema: 1, allow: [${A}], }`],
    [
      'lines without a trailing comma',
      'export default {\n\tschema: 1 // one\n}',
      `export default {\n\tschema: 1, // one\n\tallow: [\n\t\t{\n${spread('\t\t\t')}\t\t},\n\t],\n}`,
    ],
    [
      'Windows lines',
      'export default {\r\n  schema: 1,\r\n}',
      `export default {\r\n  schema: 1,\r\n  allow: [\r\n    {\r\n${spread('      ', '\r\n')}    },\r\n  ],\r\n}`,
    ],
    [
      'a file of double quotes',
      'export default { schema: "s" }',
      `export default { schema: "s", allow: [${A.replaceAll("'", '"')}] }`,
    ],
    [
      'changes that are there',
      "export default {\n  allow: [\n    // old\n    { change: 'z#' },\n  ],\n}",
      `export default {\n  allow: [\n    // old\n    { change: 'z#' },\n    {\n${spread('      ')}    },\n  ],\n}`,
    ],
    ['no changes yet', 'export default { allow: [] }', `export default { allow: [${A}] }`],
    [
      'the place of an older reason',
      `export default { allow: [${A.replace("'b'", "'old'")}, { change: 'c#' }] }`,
      `export default { allow: [${A}, { change: 'c#' }] }`,
    ],
    [
      'a constant that is checked',
      'const config = { schema: 1 } satisfies Config\nexport default config',
      `const config = { schema: 1, allow: [${A}] } satisfies Config\nexport default config`,
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

  it('the place of what was judged when it was another change', () => {
    const stale = { ...pinned, after: 'e', reason: 'old' }
    const before = `export default { allow: [${A.replace("'d'", "'e'")}] }`
    expect(edit(before, undefined, stale)).toBe(`export default { allow: [${A}] }`)
  })

  it('the contract of that name', () => {
    expect(edit('export default { contracts: { one: {}, "two": { schema: 1 } } }', 'two')).toBe(
      `export default { contracts: { one: {}, "two": { schema: 1, allow: [${A.replaceAll("'", '"')}] } } }`,
    )
    expect(edit('export default { contracts: { one: {} } }', 'two')).toBeUndefined()
  })
})
