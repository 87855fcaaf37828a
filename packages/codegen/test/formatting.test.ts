import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import { afterEach, expect, it } from 'vitest'
import { generate } from '../src/generate.ts'
import { everyConstruct } from './constructs.ts'
import { createTempProject, ROOT, type TempProject } from './temp-project.ts'

let project: TempProject
afterEach(() => project.delete())

it('generates files that the formatter and the linter leave as they are, at every length of name', () => {
  const { files, diagnostics } = generate(
    { schema: 'schema/*.ts', client: 'generated/client.ts', server: 'generated/server.ts', handlers: 'handlers' },
    [{ file: 'schema/wide.ts', exports: wideContract() }],
  )
  expect(diagnostics).toEqual([])
  project = createTempProject(Object.fromEntries(files.map(({ path, text }) => [path, text])))
  expect(biome('check', project)).toBe('')
})

/** Names from 1 to 60 characters, so that every kind of line is once just short enough and once just too long. */
function wideContract(): Readonly<Record<string, unknown>> {
  const Shared = Type.Object({ limit: Type.Integer({ default: 3 }), more: Type.Optional(Type.String()) })
  const exports: Record<string, unknown> = { Shared }
  for (let length = 1; length <= 60; length++) {
    const name = 'x'.repeat(length)
    const fields = Object.fromEntries(Object.entries(everyConstruct()).map(([key, schema]) => [key + name, schema]))
    const side = Type.Union([Type.Literal('left'), Type.Literal('right')])
    exports[`c${name}`] = command({
      request: Type.Object({
        [`a${name}`]: Type.Integer(),
        side,
        ...(length % 2 === 0 && { rest: Type.Optional(Type.String()) }),
      }) as object,
      params: [`a${name}`, 'side'],
      response: length % 7 === 0 ? Type.Object(fields) : Type.Object({ [`b${name}`]: Type.Integer() }),
      errors: { [`e${name}`]: { status: 1001, data: Type.Object({ x: Type.String() }) }, plain: { status: 1002 } },
      timeoutMs: 15_000,
    })
    exports[`d${name}`] = command({
      cmd: `d.${name}`,
      renamedFrom: [`old.d.${name}`, `older.${name}`],
      ...(length % 3 === 0 && { deprecated: `Don't: ${'use another '.repeat(length / 4)}.` }),
      request: Type.Object({ shared: Shared }),
      response: Shared,
    })
    exports[`t${name}`] = push({
      description: `${'word '.repeat(20)}${name}`,
      data: Type.Object({ [name]: Type.Literal(`${'y'.repeat(50)}${name}`, { default: name.repeat(3) }) }),
    })
    exports[`p${name}`] = push({
      cmd: `p.${name}`,
      ...(length % 3 === 0 && { deprecated: name }),
      data: Type.Union(
        ['y'.repeat(length), 'abcdefghijklmnopqrstuvwxyz', 'z'.repeat(30)].map((text) => Type.Literal(text)),
      ),
    })
  }
  for (const [key, data] of Object.entries(everyConstruct())) exports[key] = push({ cmd: `q.${key}`, data })
  return exports
}

/** What biome finds wrong, with the project's own configuration; empty when nothing. */
function biome(mode: 'check', { root, write }: TempProject): string {
  const { vcs: _vcs, $schema: _schema, ...config } = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'))
  write('biome.json', JSON.stringify(config))
  try {
    execFileSync(join(ROOT, 'node_modules/.bin/biome'), [mode, '--colors=off', 'generated', 'handlers'], {
      cwd: root,
      stdio: 'pipe',
    })
    return ''
  } catch (error) {
    return String((error as { stderr: Buffer }).stderr)
  }
}
