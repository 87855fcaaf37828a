import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { createTempProject, ROOT, type TempProject } from './temp-project.ts'

const CONFIG = "export default { schema: 'schema.ts', client: 'client.ts', server: 'server.ts', docs: 'docs' }\n"
const SCHEMA = `import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
const Side = Type.Union(['left', "it's right", 'somewhere in the middle of the road', 'nowhere'].map((one) => Type.Literal(one)))
export const move = command({
  cmd: 'a.move', description: 'Moves.', params: ['side'], timeoutMs: 5000,
  request: Type.Object({ side: Side, 'by-how-much': Type.Optional(Type.Integer({ description: 'Steps.' })) }),
  response: Type.Object({ path: Type.Array(Type.Tuple([Type.Number(), Type.Number()])), note: Type.Union([Type.String(), Type.Null()]) }),
  errors: { wall: { status: 1001, data: Type.Object({ side: Side }) }, tired: { status: 1002 } },
})
export const moved = push({ data: Type.Object({ side: Side }) })
`

let project: TempProject
afterEach(() => project.delete())

it.each([
  ['tabs, double quotes, semicolons and short lines', { indentStyle: 'tab', lineWidth: 60 }, { quoteStyle: 'double' }],
  ['no commas at ends, and long lines', { lineWidth: 200 }, { trailingCommas: 'none', quoteStyle: 'single' }],
  ['four spaces and quoted properties', { indentWidth: 4, indentStyle: 'space' }, { quoteProperties: 'preserve' }],
])('a formatter with %s leaves nothing stale, and a change is still seen', async (_, formatter, javascript) => {
  project = createTempProject({ 'wsrv.config.ts': CONFIG, 'schema.ts': SCHEMA })
  project.write('biome.json', JSON.stringify({ formatter, javascript: { formatter: javascript } }))
  expect((await project.run('codegen')).exitCode).toBe(0)
  const before = project.read('client.ts')
  execFileSync(
    join(ROOT, 'node_modules/.bin/biome'),
    ['format', '--write', 'client.ts', 'server.ts', 'contract.ts', 'docs'],
    {
      ...{ cwd: project.root, stdio: 'pipe' },
    },
  )
  const formatted = project.read('client.ts')
  expect(formatted).not.toBe(before)
  expect(await project.run('codegen', '--check')).toMatchObject({ exitCode: 0, err: [] })
  expect((await project.run('codegen')).exitCode).toBe(0)
  expect(project.read('client.ts')).toBe(formatted)
  project.write('schema.ts', SCHEMA.replace("'nowhere'", "'nowhere;'"))
  expect((await project.run('codegen', '--check')).exitCode).toBe(1)
})
