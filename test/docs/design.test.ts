import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LAYERS } from '../architecture/rules.ts'
import { ROOT } from './sections.ts'

const design = readFileSync(join(ROOT, 'DESIGN.md'), 'utf8')
const files = readdirSync(join(ROOT, 'packages'), { recursive: true, encoding: 'utf8' })
  .map((file) => `packages/${file.replaceAll('\\', '/')}`)
  .filter((file) => !/node_modules|\/dist\//.test(file))
const source = files
  .filter((file) => /\/src\/.*\.tsx?$/.test(file))
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n')

describe('DESIGN.md', () => {
  it('names only files and folders that exist', () => {
    const named = [...design.matchAll(/(?<![\w./-])[\w./-]+\.tsx?\b|`([\w./-]+\/)`/g)].map(
      ([text, folder]) => folder ?? text,
    )
    expect(named.length).toBeGreaterThan(40)
    expect(named.filter((path) => !exists(path))).toEqual([])
  })

  it('names only code that exists: every word in backticks stands in a source file', () => {
    const words = [...design.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g)]
      .map((match) => match[1] as string)
      .filter((code) => !/\.(ts|md)$|\/$|^pnpm /.test(code))
      .flatMap((code) => code.match(/[A-Za-z_$][\w$]{2,}/g) ?? [])
    expect(words.length).toBeGreaterThan(40)
    expect(
      words.filter((word) => !new RegExp(`(?<![\\w$])${word.replaceAll('$', '\\$')}(?![\\w$])`).test(source)),
    ).toEqual([])
  })

  it('names only commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    const pages = ['DESIGN.md', 'README.md', 'CONTRIBUTING.md'].map((page) => readFileSync(join(ROOT, page), 'utf8'))
    const used = pages.flatMap((page) =>
      [...page.matchAll(/`(?:npx )?pnpm ([\w:]+)/g)].map((match) => match[1] as string),
    )
    expect(used.filter((name) => !(name in scripts) && name !== 'install')).toEqual([])
  })

  it('maps renamed words to words that exist', () => {
    const table = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').split('## Renamed')[1] ?? ''
    const now = [...table.matchAll(/^\| .* \| (`.*`).* \|$/gm)].flatMap(
      (match) => (match[1] as string).match(/\b[A-Za-z]\w+\b/g) ?? [],
    )
    expect(now.length).toBeGreaterThan(15)
    const all = `${source} ${files.join(' ')} pnpm architecture`
    expect(now.filter((word) => !new RegExp(`\\b${word}\\b`).test(all))).toEqual([])
  })

  it('draws the layers that the architecture test holds', () => {
    const drawn = [...design.matchAll(/^L\d {2}packages\/(\w+) +→ {2}(nothing|all of the above|\w+(?:, \w+)*)/gm)]
    expect(drawn.map(([, name]) => name).sort()).toEqual([...LAYERS.keys()].sort())
    for (const [, name = '', below = ''] of drawn) {
      if (below === 'all of the above') continue
      expect(below === 'nothing' ? [] : below.split(', '), name).toEqual(LAYERS.get(name))
    }
  })
})

/** Below the root, `packages`, or the `src` of a package; a bare name is that of any source file. */
function exists(path: string): boolean {
  if (!path.includes('/'))
    return files.some((file) => file.endsWith(`/${path}`)) || existsSync(join(ROOT, path)) || GENERATED.has(path)
  return (
    existsSync(join(ROOT, path)) ||
    existsSync(join(ROOT, 'packages', path)) ||
    existsSync(join(ROOT, 'examples/quickstart', path)) ||
    files.some((file) => `${file}/`.includes(`/src/${path.replace(/\/$/, '')}`))
  )
}

/** What `wsrv codegen` writes, not what it is made of; and a schema file of any name. */
const GENERATED = new Set(['client.ts', 'server.ts', 'contract.ts', 'index.ts'])
