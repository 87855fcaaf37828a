import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import * as chat from '../../../schema/chat.ts'
import * as users from '../../../schema/users.ts'
import { generate } from '../src/generate.ts'

function pageOf(exports: Readonly<Record<string, unknown>>): string {
  const config = { schema: '*.ts', docs: 'docs', title: 'Chat <3', version: '1.2.3' }
  const { files, diagnostics } = generate(config, [{ file: 'a.ts', exports }])
  expect(diagnostics).toEqual([])
  return files.find(({ path }) => path === 'docs/index.html')?.text ?? ''
}

/** What stands between quotes behind an attribute's name, everywhere. */
const attributes = (page: string, name: string) =>
  [...page.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value]) => value)

describe('the reference page', () => {
  const page = pageOf({ ...users, ...chat })

  it('has a section for each command, push and type, and an index that leads to them', () => {
    const ids = [...page.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids).toEqual(expect.arrayContaining(['chat.history', 'register', 'user_register', 'Message', 'User']))
    for (const href of attributes(page, 'href')) expect(ids).toContain(href?.slice(1))
  })

  it('fetches nothing', () => {
    expect(attributes(page, 'src')).toEqual([])
    expect(page).not.toMatch(/<link|@import|url\(/)
  })

  it('finds a section by its name, its description and its errors', () => {
    const texts = attributes(page, 'data-text')
    expect(texts.some((text) => text?.includes('register command bind this connection'))).toBe(true)
    expect(texts.filter((text) => text?.includes('not_in_room'))).toHaveLength(2)
  })

  it('shows fields, what they may be, errors and an example', () => {
    const text = page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
    expect(text).toContain('limit optional number Messages to return at most. minimum 1 · maximum 100 · default 20')
    expect(text).toContain('uid_taken 1001 Another connection is bound to this user. {&quot;uid&quot;:1}')
    expect(text).toContain('&quot;cmd&quot;: &quot;register&quot;')
  })

  it('tells how a command was called before, and finds it by that', () => {
    const renamed = pageOf({ signUp: command({ renamedFrom: 'register', idempotent: true }) })
    const sentence = 'It was called register before, which is still answered, and may be sent again'
    expect(renamed).toContain(sentence)
    expect(attributes(renamed, 'data-text')).toContainEqual(expect.stringMatching(/^sign_up command.* register/))
  })

  it('is written as text, whatever the contract says', () => {
    const wild = pageOf({
      act: command({ description: '<script>alert(1)</script>', request: Type.Object({ '"><b>': Type.Null() }) }),
      news: push({ description: 'a & b', deprecated: 'Use <x>.' }),
    })
    expect(wild).not.toMatch(/<script>alert|<b>|<x>/)
    expect(wild).toContain('Chat &lt;3')
    expect(wild).toContain('a &amp; b')
  })
})
