import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTempProject, ROOT } from '../../../codegen/test/temp-project.ts'
import { COMMAND_LINES } from './command-lines.ts'
import { CONFIGS } from './configs.ts'
import { SCHEMAS } from './schemas.ts'
import { RIGHT, type WrongCase } from './wrong-case.ts'

const CASES: readonly WrongCase[] = [...SCHEMAS, ...CONFIGS, ...COMMAND_LINES]
const GOLDENS = join(import.meta.dirname, 'goldens')

/** Runs the CLI as a user does. */
function runProgram(root: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const bin = join(ROOT, 'packages/cli/src/bin.ts')
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...others } = process.env
  const run = spawnSync(process.execPath, ['--import', 'tsx', bin, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...others, CI: 'true', ...env },
  })
  return { exitCode: run.status, out: linesOf(run.stdout), err: linesOf(run.stderr) }
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.trimEnd().split('\n')
}

/** A project with a case's files. */
function projectOf({ files = {} }: WrongCase) {
  const all = Object.entries({ ...RIGHT, ...files }).filter(([, text]) => text !== undefined)
  return createTempProject(Object.fromEntries(all) as Record<string, string>)
}

describe('what a user is told', () => {
  it.each(CASES)('of $name', async (wrong) => {
    const project = projectOf(wrong)
    try {
      const before = project.files()
      const args = wrong.args ?? ['codegen']
      const { exitCode, out, err } = wrong.isProgram ? runProgram(project.root, args) : await project.run(...args)
      const said = `${err.join('\n')}\n`
      await expect(said).toMatchFileSnapshot(join(GOLDENS, `${wrong.name}.txt`))
      const { written = [] } = wrong
      expect(exitCode).toBe(wrong.exitCode)
      expect(out.slice(0, written.length)).toEqual(written.map((path) => `created ${path}`))
      expect(out.length).toBe(written.length === 0 ? 0 : written.length + 1)
      expect(said).not.toMatch(/^\s+at /m)
      expect(said).not.toContain(project.root)
      expect(project.files()).toEqual([...before, ...written].sort())
    } finally {
      project.delete()
    }
  })

  it.each(CASES)('of $name as JSON too', async (wrong) => {
    const project = projectOf(wrong)
    try {
      const { exitCode, out, err } = await project.run(...(wrong.args ?? ['codegen']), '--json')
      expect({ exitCode, err }).toEqual({ exitCode: wrong.exitCode, err: [] })
      const { problems, ...report } = JSON.parse(out.join('\n'))
      const files = (wrong.written ?? []).map((path) => ({ path, change: 'created' }))
      expect(report).toMatchObject({ ok: false, exitCode: wrong.exitCode, warnings: expect.any(Array), files })
      expect(problems.length).toBeGreaterThan(0)
      for (const problem of problems) {
        expect(problem).toMatchObject({ file: expect.any(String), message: expect.any(String) })
      }
    } finally {
      project.delete()
    }
  })

  it('of a watch asked for JSON', async () => {
    const project = projectOf({ name: '', exitCode: 2 })
    const { exitCode, out } = await project.run('codegen', '--watch', '--json')
    project.delete()
    expect(exitCode).toBe(2)
    expect(JSON.parse(out.join('\n')).problems[0].message).toMatch(/^--watch and --json exclude each other/)
  })

  it('of a schema file that logs, apart from the report', () => {
    const files = { 'schema/users.ts': "console.log('hello')\n" }
    const project = projectOf({ name: '', exitCode: 1, files })
    const { exitCode, out, err } = runProgram(project.root, ['codegen', '--json'])
    project.delete()
    expect([exitCode, [...new Set(err)]]).toEqual([1, ['hello']])
    expect(JSON.parse(out.join('\n'))).toMatchObject({ ok: false, problems: [{ file: 'wsrv.config.ts' }] })
  })

  it('of what a schema file throws after it was loaded', () => {
    const files = { 'schema/users.ts': "setTimeout(() => { throw new Error('later') })\nawait new Promise(() => {})\n" }
    const project = projectOf({ name: '', exitCode: 1, files })
    const run = runProgram(project.root, ['codegen'])
    project.delete()
    expect(run).toEqual({ exitCode: 1, out: [], err: ['wsrv: Error: later'] })
  })

  it.each([
    ['no colours where no terminal is', {}, false],
    ['colours where they are asked for', { FORCE_COLOR: '1' }, true],
    ['none where they are not wanted', { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('has %s', (_what, env, hasColors) => {
    const project = projectOf({ name: '', exitCode: 2, files: { 'wsrv.config.ts': undefined } })
    const { err } = runProgram(project.root, ['codegen'], env)
    project.delete()
    expect(err[1]).toBe(hasColors ? '\u001b[31m1 problem\u001b[39m' : '1 problem')
  })

  it('is held by a golden each, and no more', () => {
    expect(readdirSync(GOLDENS).sort()).toEqual(CASES.map(({ name }) => `${name}.txt`).sort())
  })
})
