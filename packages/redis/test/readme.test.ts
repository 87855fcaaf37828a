import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const ROOT = new URL('../', import.meta.url)
const README = readFileSync(new URL('README.md', ROOT), 'utf8')
const METRICS = readFileSync(new URL('../../examples/observability/broker-numbers.ts', ROOT), 'utf8')

/** The tests that a page names, as `[file](path): *title*, *title*`. */
function testsOf(page: string): [path: string, title: string][] {
  return [...page.matchAll(/\]\(([^)]+\.ts)\): ((?:\*[^*]+\*(?:, )?)+)/g)].flatMap(([, path = '', titles = '']) =>
    [...titles.matchAll(/\*([^*]+)\*/g)].map(([, title = '']): [string, string] => [path, title]),
  )
}

/** Whether a file has a test, or a scenario, of this title. */
function has(text: string, title: string): boolean {
  return text.includes(`it('${title}'`) || text.includes(`name: '${title}'`)
}

describe('the page of @wsrv/redis', () => {
  it.each(testsOf(README))('names a test of %s: %s', (path, title) => {
    expect(has(readFileSync(new URL(path, ROOT), 'utf8'), title)).toBe(true)
  })

  it('names a test for each promise', () => {
    const [, promises = ''] = /## What is promised([\s\S]*?)\n## /.exec(README) ?? []
    const rows = promises.split('\n').filter((line) => line.startsWith('| ') && !/^\| (when|---) /.test(line))
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.filter((row) => testsOf(row).length === 0)).toEqual([])
  })

  it('alerts on metrics that there are', () => {
    const named = [...README.matchAll(/`(wsrv_\w+)`/g)].map(([, name]) => name)
    expect(named.length).toBeGreaterThan(4)
    expect(named.filter((name) => !METRICS.includes(`'${name}'`))).toEqual([])
  })

  it('would notice a test that was renamed', () => {
    expect(testsOf('[a](test/a.test.ts): *one*, *two*')).toEqual([
      ['test/a.test.ts', 'one'],
      ['test/a.test.ts', 'two'],
    ])
    expect(has("it('one more', () => {})", 'one')).toBe(false)
  })
})
