import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../../packages/server/src/limits.ts'
import { constantOf, LIMIT_OPTIONS, limitOf } from './limit-options.ts'
import { limits, ROOT } from './sections.ts'

const UNIT =
  /\b(bytes|ms|characters|code units|requests|connections|sessions|rooms|messages|objects and arrays|issues|values|items|pushes|calls|multiple)\b/i

describe('the table of limits', () => {
  const rows = new Map(limits().map((row) => [row.name, row]))

  it.each(Object.entries(DEFAULT_LIMITS))('holds the server’s %s with its default', (name, value) => {
    expect(rows.has(constantOf(name))).toBe(true)
    expect(limitOf(constantOf(name))).toBe(value)
  })

  it.each([...LIMIT_OPTIONS])('says of %s which option sets it, one that is there', (constant, { file, option }) => {
    expect(rows.has(constant)).toBe(true)
    const declared = readFileSync(join(ROOT, file), 'utf8')
    for (const name of option.replace(/^(limits|sessions)\./, '').split('.'))
      expect(declared).toMatch(`readonly ${name}`)
  })

  it.each([...rows.values()])('says of $name its number, its unit, and more than that', ({ name, value, doc }) => {
    expect(limitOf(name)).toBe(Number(value.replaceAll('_', '')))
    expect(doc).toMatch(UNIT)
    expect(doc.split('. ').length, doc).toBeGreaterThan(1)
  })
})

describe('Bad input', () => {
  const page = readFileSync(join(ROOT, 'PROTOCOL.md'), 'utf8')
  const section = page.split(/^#+ /m).find((text) => text.startsWith('Bad input')) ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('|'))
  const options = [...LIMIT_OPTIONS].filter(([, { file }]) => file.startsWith('packages/server/'))

  it.each(options)('says what comes of %s, by its option and its number', (constant, { option }) => {
    const name = option.replace(/^limits\./, '')
    const about = rows.filter((row) => row.includes(`\`${name}\``))
    expect(about.length, `add a row to PROTOCOL.md, Bad input, that names \`${name}\``).toBeGreaterThan(0)
    const number = Number(limitOf(constant))
    const texts = [number.toLocaleString('en'), `${number / 1_000} s`]
    const wrong = about.filter((row) => row.includes(`(\`${name}\`)`) && !texts.some((text) => row.includes(text)))
    expect(wrong, `the default is ${texts[0]}`).toEqual([])
  })
})
