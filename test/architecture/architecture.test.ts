import { describe, expect, it } from 'vitest'
import { BUDGET, FOLDERS, LAYERS, LOOSE_TYPE, OUTSIDE, PLACEMENTS, SHORT_FILES } from './rules.ts'
import { readSource, resolveImport, type SourceFile } from './source.ts'

const files = readSource()

describe('layers', () => {
  it('knows every package', () => {
    const unknown = [...new Set(files.map((file) => file.package))].filter((name) => !LAYERS.has(name))
    expectNone(unknown, 'add the package to LAYERS and OUTSIDE in test/architecture/rules.ts and to DESIGN.md "Layers"')
  })

  it.each([...LAYERS])('%s imports only what lies below it', (name, below) => {
    const allowed = [...below.map((other) => `@wsrv/${other}`), ...(OUTSIDE.get(name) ?? [])]
    const broken = files
      .filter((file) => file.package === name)
      .flatMap((file) =>
        file.imports.filter((from) => !isAllowed(file, from, allowed)).map((from) => `${file.path} imports ${from}`),
      )
    expectNone(
      broken,
      `packages/${name} may import ${allowed.join(', ') || 'nothing'} (LAYERS and OUTSIDE in rules.ts)`,
    )
  })

  it.each([...FOLDERS].flatMap(([name, folders]) => [...folders].map(([folder, below]) => ({ name, folder, below }))))(
    '$name/src/$folder imports only the folders below it',
    ({ name, folder, below }) => {
      const broken = files
        .filter((file) => file.package === name && folderOf(file.path) === folder)
        .flatMap((file) =>
          file.imports
            .filter((from) => from.startsWith('.'))
            .map((from) => resolveImport(file.path, from))
            .filter((path) => ![undefined, folder, ...below].includes(folderOf(path)))
            .map((path) => `${file.path} imports ${path}`),
        )
      const allowed = [...below.map((other) => `${other}/`), 'files at the root of src'].join(', ')
      expectNone(broken, `${folder}/ may import ${allowed} (FOLDERS in rules.ts)`)
    },
  )

  it.each([...FOLDERS])('%s has exactly the folders that the rules name', (name, folders) => {
    const found = new Set(files.filter((file) => file.package === name).map((file) => folderOf(file.path)))
    found.delete(undefined)
    expect([...found].sort(), 'name each folder in FOLDERS (rules.ts), with what it may import').toEqual(
      [...folders.keys()].sort(),
    )
  })

  it('the root of server/src holds the front door and common words only', () => {
    const found = files.filter((file) => file.package === 'server' && folderOf(file.path) === undefined)
    expect(found.length, 'put the file into the folder of what it is about').toBeLessThanOrEqual(16)
  })

  it('has no import cycle, types included', () => {
    expectNone([findCycle(files)].filter(Boolean), 'move what both sides need into a file that imports neither')
  })
})

/** Fails with one line per finding and what to do about it, instead of the difference of two arrays. */
function expectNone(found: readonly string[], advice: string): void {
  if (found.length > 0) throw new Error(`${found.join('\n')}\n→ ${advice}`)
}

/** The folder below its package's `src` that a file is in. */
function folderOf(path: string): string | undefined {
  return /^packages\/[\w-]+\/src\/([\w-]+)\//.exec(path)?.[1]
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

describe('where things live', () => {
  it.each(PLACEMENTS)('$rule', ({ line, packages, places, rule, advice }) => {
    const strayed = files
      .filter((file) => packages.includes(file.package) && !places.some((place) => place.test(file.path)))
      .flatMap((file) =>
        file.lines.flatMap((text, at) => (line.test(text) ? [`${file.path}:${at + 1}: ${rule}: ${text.trim()}`] : [])),
      )
    expectNone(strayed, advice)
  })

  it.each([
    ['isomorphic-ws', 1],
    ['ws', 1],
    ['ts-morph', 5],
  ])('%s is imported by at most %i source files of the packages that ship', (name, most) => {
    const users = files.filter((file) => file.package !== 'testing' && file.imports.includes(name))
    expect(users.length).toBeLessThanOrEqual(most)
  })
})

describe('budget', () => {
  const counts = files.map((file) => file.lineCount).sort((one, other) => one - other)
  const at = (share: number): number => counts[Math.floor((counts.length - 1) * share)] as number

  it('keeps files short', () => {
    expect(at(0.5)).toBeGreaterThanOrEqual(BUDGET.median[0])
    expect(at(0.5)).toBeLessThanOrEqual(BUDGET.median[1])
    expect(at(0.9)).toBeLessThanOrEqual(BUDGET.ninetieth)
    const long = files.filter((file) => file.lineCount > BUDGET.longest)
    expectNone(
      long.map((file) => `${file.path}: ${file.lineCount} lines`),
      `a file has at most ${BUDGET.longest} lines: give one of its concerns a file and a name of its own`,
    )
  })

  it('keeps files worth opening', () => {
    expectNone(
      strayFromFloor(files),
      `merge a file of under ${BUDGET.shortest} lines into a neighbor, or name it in SHORT_FILES (rules.ts) as seam, entry or cycle`,
    )
  })

  it('keeps types tight', () => {
    const loose = files.flatMap((file) =>
      file.lines.flatMap((text, line) => (LOOSE_TYPE.test(text) ? [`${file.path}:${line + 1}`] : [])),
    )
    const allowed = Math.floor(counts.reduce((sum, count) => sum + count, 0) / BUDGET.linesPerLooseType)
    expectNone(loose.slice(allowed), `at most one any, @ts-… or biome-ignore per ${BUDGET.linesPerLooseType} lines`)
  })
})

/** Short files without a reason, and reasons without a short file. */
function strayFromFloor(all: readonly Pick<SourceFile, 'path' | 'lineCount'>[]): readonly string[] {
  const short = new Map(all.filter((file) => file.lineCount < BUDGET.shortest).map((file) => [file.path, file]))
  return [
    ...[...short.values()]
      .filter((file) => !SHORT_FILES.has(file.path))
      .map((file) => `${file.path}: ${file.lineCount} lines`),
    ...[...SHORT_FILES.keys()].filter((path) => !short.has(path)).map((path) => `${path}: not a short file any more`),
  ]
}

describe('the rules themselves', () => {
  it('find a short file without a reason, and a reason without its file', () => {
    const grown = 'packages/server/src/uws.ts'
    const others = files.filter((file) => file.path !== grown)
    const found = strayFromFloor([
      ...others,
      { path: grown, lineCount: BUDGET.shortest },
      { path: 'packages/server/src/hello.ts', lineCount: BUDGET.shortest - 1 },
    ])
    expect(found).toEqual(['packages/server/src/hello.ts: 19 lines', `${grown}: not a short file any more`])
  })

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
    const caught = PLACEMENTS.filter((placement) => placement.line.test(text)).map((placement) => placement.rule)
    expect(caught).toContain(rule)
  })

  it('let a clock that was passed in through, and an option’s default', () => {
    const caught = ['clock.setTimeout(f, 1)', 'random = Math.random,', 'x ?? Math.random', 'a1000'].flatMap((text) =>
      PLACEMENTS.filter((placement) => placement.line.test(text)),
    )
    expect(caught).toEqual([])
  })
})
