import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildPage } from '../build-page.ts'

/**
 * What a visit loads, in bytes of gzip. Every raise states its reason here.
 *
 * - 200 kB: CodeMirror is two thirds of it; then come the form's checks (TypeBox), the plot (uPlot), Preact and the page.
 */
const MAX_GZIP_BYTES = 200_000

const PAGE = join(import.meta.dirname, '../dist/page')

describe('the built page', () => {
  beforeAll(buildPage, 60_000)

  it(`has at most ${MAX_GZIP_BYTES} bytes, all files together`, () => {
    const bytes = files().reduce((sum, { content }) => sum + gzipSync(content, { level: 9 }).byteLength, 0)
    expect(bytes, `${bytes - MAX_GZIP_BYTES} bytes too many: say above what they buy`).toBeLessThanOrEqual(
      MAX_GZIP_BYTES,
    )
  })

  it('names no file of another host', () => {
    const html =
      files()
        .find(({ name }) => name === 'index.html')
        ?.content.toString() ?? ''
    const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address)
    expect(addresses.length).toBeGreaterThan(2)
    expect(addresses.filter((address) => !address?.startsWith('./'))).toEqual([])
  })

  it.each(['eval(', 'new Function'])('does not say %s', (word) => {
    const said = files().filter(({ name, content }) => name.endsWith('.js') && content.includes(word))
    expect(said.map(({ name }) => name)).toEqual([])
  })
})

function files(): readonly { readonly name: string; readonly content: Buffer }[] {
  return readdirSync(PAGE, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('.'))
    .map((name) => ({ name, content: readFileSync(join(PAGE, name)) }))
}
