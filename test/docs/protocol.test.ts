import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXTENSION } from '@wsrv/protocol'
import { describe, expect, it } from 'vitest'
import { readCases, wireOf } from '../conformance/case.ts'
import { isAbout } from './conversations.ts'
import { headings, ROOT } from './sections.ts'

const sections = headings('PROTOCOL.md')
const conversations = readCases()

describe('PROTOCOL.md', () => {
  it.each(Object.values(EXTENSION))('has a section about %s, named in its heading', (cmd) => {
    const advice = `write a section in PROTOCOL.md, part 2, with the heading "## \`${cmd}\`: …"`
    expect(
      sections.some((heading) => isAbout(heading, cmd)),
      advice,
    ).toBe(true)
  })

  it.each(Object.values(EXTENSION))('shows %s in a conversation', (cmd) => {
    const frames = conversations.flatMap(({ steps }) => steps.map((step) => step.client ?? step.server ?? ''))
    const advice = `write a conversation that sends ${cmd} in test/conformance/cases, then pnpm docs`
    expect(
      frames.some((frame) => wireOf(frame).text.includes(`"cmd":"${cmd}"`)),
      advice,
    ).toBe(true)
  })

  it('has every section that the source refers to', () => {
    const missing = references().filter(({ text }) => !sections.some((heading) => begins(text, heading)))
    expect(missing).toEqual([])
  })
})

describe('a conversation', () => {
  it.each(conversations)('($number) names a section of PROTOCOL.md', ({ number, section }) => {
    const advice = `"section" of case ${number} must be a heading of PROTOCOL.md, got ${JSON.stringify(section)}`
    expect(
      sections.some((heading) => isAbout(heading, section)),
      advice,
    ).toBe(true)
  })

  it('has a number of its own', () => {
    const numbers = conversations.map(({ number }) => number)
    expect(
      numbers.filter((number, at) => numbers.indexOf(number) !== at),
      'two cases have this number',
    ).toEqual([])
  })
})

/** Whether a reference's text begins with a section's heading, or with the part of it before the colon. */
function begins(text: string, heading: string): boolean {
  const names = [heading, ...(heading.split(':')[0] as string).split(' and ')]
  return names.some((name) => text === name || text.startsWith(`${name} `) || text.startsWith(`${name}:`))
}

/** Every `PROTOCOL.md §Section and §Section` in the packages' sources. */
function references(): readonly { readonly file: string; readonly text: string }[] {
  return readdirSync(join(ROOT, 'packages'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/node_modules|dist/.test(file))
    .flatMap((file) =>
      [
        ...readFileSync(join(ROOT, 'packages', file), 'utf8').matchAll(
          /PROTOCOL\.md(( and|,)? §[^.;*\n]+?(?= and §|[.;,)*\n]))+/g,
        ),
      ]
        .flatMap(([text]) => [...text.matchAll(/§(.+?)(?= and §|$)/g)])
        .map((match) => ({ file: `packages/${file}`, text: (match[1] as string).trim() })),
    )
}
