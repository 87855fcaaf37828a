import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { HABITS } from './habits.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** What is written for people: comments and texts of the packages' source, and every page. */
const sources = readdirSync(join(ROOT, 'packages'), { recursive: true, encoding: 'utf8' })
  .map((file) => `packages/${file.replaceAll('\\', '/')}`)
  .filter((file) => /^packages\/[\w-]+\/src\/.*\.tsx?$/.test(file) && !/\.(test|test-d)\.tsx?$|goldens/.test(file))
const pages = [
  ...readdirSync(ROOT).filter((file) => file.endsWith('.md')),
  ...readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}/README.md`),
  'docs/conversations.md',
]

describe('the pages and the comments of packages/*/src', () => {
  it.each(HABITS)('do not say: $name', ({ pattern, advice, except }) => {
    const found = [...sources, ...pages].flatMap((file) =>
      readFileSync(join(ROOT, file), 'utf8')
        .split('\n')
        .flatMap((line, at) => {
          const words = proseOf(line, file.endsWith('.md'))
          return pattern.test(words) && !except?.test(words) ? [`${file}:${at + 1}: ${line.trim()}`] : []
        }),
    )
    if (found.length > 0) throw new Error(`${found.join('\n')}\n→ ${advice}`)
  })
})

describe('the habits themselves', () => {
  it.each([
    'Who listens pays.',
    'as nobody reads it',
    'a message that is no object',
    'what it gives is a number',
    'the state of the moment',
    'at most 5 requests a second',
    'begins anew',
  ])('find %j', (text) => {
    expect(HABITS.filter(({ pattern, except }) => pattern.test(text) && !except?.test(text))).toHaveLength(1)
  })
})

/** A page's line without its code; of source, what stands in comments and in quotes. */
function proseOf(line: string, isPage: boolean): string {
  if (isPage) return line.replace(/`[^`]*`/g, '`…`')
  const comment = /^\s*(?:\/\*\*?|\*|\/\/)\s?(.*)$|\/\/ (.*)$|\/\*\* (.*)$/.exec(line)
  if (comment !== null) return comment[1] ?? comment[2] ?? comment[3] ?? ''
  return [...line.matchAll(/'([^']{12,})'|"([^"]{12,})"|`([^`]{12,})`/g)]
    .map((match) => match[1] ?? match[2] ?? match[3])
    .join('. ')
}
