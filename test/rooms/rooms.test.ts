import { describe, expect, it } from 'vitest'
import { BUDGET, CODEGEN_FOLDERS, LAYERS, LOOSE_TYPE, OUTSIDE, ROOMS } from './rules.ts'
import { readSource, resolveImport, type SourceFile } from './source.ts'

const files = readSource()

describe('layers', () => {
  it('knows every package', () => {
    expect(new Set(files.map((file) => file.package))).toEqual(new Set(LAYERS.keys()))
  })

  it.each([...LAYERS])('%s imports only what lies below it', (name, below) => {
    const allowed = [...below.map((other) => `@wsrv/${other}`), ...(OUTSIDE.get(name) ?? [])]
    const broken = files
      .filter((file) => file.package === name)
      .flatMap((file) =>
        file.imports.filter((from) => !isAllowed(file, from, allowed)).map((from) => `${file.path}: ${from}`),
      )
    expect(broken).toEqual([])
  })

  it.each([...CODEGEN_FOLDERS])('codegen/src/%s imports only the folders below it', (name, below) => {
    const broken = files
      .filter((file) => folderOf(file.path) === name)
      .flatMap((file) =>
        file.imports.filter((from) => from.startsWith('.')).map((from) => resolveImport(file.path, from)),
      )
      .filter((path) => ![undefined, name, ...below].includes(folderOf(path)))
    expect(broken).toEqual([])
  })

  it('has no import cycle, types included', () => {
    expect(findCycle(files)).toBe('')
  })
})

/** The generator's folder that a file is in. */
function folderOf(path: string): string | undefined {
  return /^packages\/codegen\/src\/(\w+)\//.exec(path)?.[1]
}

function isAllowed(file: SourceFile, from: string, allowed: readonly string[]): boolean {
  if (from.startsWith('.')) return resolveImport(file.path, from).startsWith(`packages/${file.package}/src/`)
  return allowed.some(
    (name) => from === name || from.startsWith(`${name}/`) || (name === 'node:' && from.startsWith('node:')),
  )
}

function findCycle(all: readonly SourceFile[]): string {
  const graph = new Map(
    all.map((file) => [
      file.path,
      file.imports.filter((from) => from.startsWith('.')).map((from) => resolveImport(file.path, from)),
    ]),
  )
  const done = new Set<string>()
  const walk = (path: string, trail: readonly string[]): string => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path].join(' → ')
    if (done.has(path)) return ''
    const cycle = (graph.get(path) ?? []).map((next) => walk(next, [...trail, path])).find((found) => found !== '')
    done.add(path)
    return cycle ?? ''
  }
  return [...graph.keys()].map((path) => walk(path, [])).find((found) => found !== '') ?? ''
}

describe('rooms', () => {
  it.each(ROOMS)('$rule', ({ line, packages, rooms, rule }) => {
    const strayed = files
      .filter((file) => packages.includes(file.package) && !rooms.some((room) => room.test(file.path)))
      .flatMap((file) =>
        file.lines.flatMap((text, at) => (line.test(text) ? [`${file.path}:${at + 1}: ${rule}: ${text.trim()}`] : [])),
      )
    expect(strayed).toEqual([])
  })

  it.each([
    ['isomorphic-ws', 1],
    ['ws', 1],
    ['ts-morph', 4],
  ])('%s is imported by at most %i source files of the packages that ship', (name, most) => {
    const users = files.filter((file) => file.package !== 'testing' && file.imports.includes(name))
    expect(users.length).toBeLessThanOrEqual(most)
  })
})

describe('budget', () => {
  const counts = files.map((file) => file.lineCount).sort((one, other) => one - other)
  const at = (share: number): number => counts[Math.floor((counts.length - 1) * share)] as number

  it('keeps files short', () => {
    expect(at(0.5)).toBeLessThanOrEqual(BUDGET.median)
    expect(at(0.9)).toBeLessThanOrEqual(BUDGET.ninetieth)
    expect(
      files.filter((file) => file.lineCount > BUDGET.longest).map((file) => `${file.path}: ${file.lineCount} lines`),
    ).toEqual([])
  })

  it('keeps types tight', () => {
    const loose = files.flatMap((file) =>
      file.lines.flatMap((text, line) => (LOOSE_TYPE.test(text) ? [`${file.path}:${line + 1}`] : [])),
    )
    const allowed = Math.floor(counts.reduce((sum, count) => sum + count, 0) / BUDGET.linesPerLooseType)
    expect(loose.slice(allowed)).toEqual([])
  })
})

describe('the rules themselves', () => {
  it.each([
    ["import { x } from 'ws'", 'one server file knows ws'],
    ['  setTimeout(() => {}, 5)', 'time comes from the clock that was passed in'],
    ['const t = Date.now()', 'time comes from the clock that was passed in'],
    ['const x = Math.random()', 'randomness is passed in: Math.random stands only as the default of an option'],
    ['if (status === 400) x()', 'statuses and close codes are used by their names from protocol'],
    ["if (cmd === '$hello') x()", 'reserved commands are named in protocol only'],
    ['  console.log(1)', 'files, the process and the console belong to the edges'],
    ['return JSON.parse(text)', 'wire data is parsed and written by the codec only'],
  ])('catch %j', (text, rule) => {
    const caught = ROOMS.filter((room) => room.line.test(text)).map((room) => room.rule)
    expect(caught).toContain(rule)
  })

  it('let a clock that was passed in through, and an option’s default', () => {
    const caught = ['clock.setTimeout(f, 1)', 'random = Math.random,', 'x ?? Math.random', 'a1000'].flatMap((text) =>
      ROOMS.filter((room) => room.line.test(text)),
    )
    expect(caught).toEqual([])
  })
})
