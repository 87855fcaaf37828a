import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import * as chat from '../../../schema/chat.ts'
import * as users from '../../../schema/users.ts'
import type { Config } from '../src/config/config.ts'
import { generate } from '../src/generate.ts'

function pageOf(exports: Readonly<Record<string, unknown>>, more: Partial<Config> = {}): string {
  const config = { schema: '*.ts', docs: 'docs', title: 'Chat <3', version: '1.2.3', ...more }
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
    const index = page.slice(page.indexOf('<nav'), page.indexOf('</nav>'))
    expect(attributes(index, 'title').sort()).toEqual(ids.sort())
    expect(index).toMatch(
      /<summary>chat <small>3<\/small><\/summary>\s*<ul>\s*<li><a href="#chat\.history" title="chat\.history">history</,
    )
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
    expect(text).toContain('limit integer optional Messages to return at most. minimum 1 · maximum 100 · default 20')
    expect(text).toContain('room string required')
    expect(text).toContain('uid_taken status 1001 {&quot;uid&quot;:1} Another connection is bound to this user.')
    expect(text).toContain('&quot;cmd&quot;: &quot;register&quot;')
  })

  it('tells how a command was called before, and finds it by that', () => {
    const renamed = pageOf({ signUp: command({ renamedFrom: 'register', idempotent: true }) })
    const sentence = 'It was called register before, which is still answered, and may be sent again'
    expect(renamed).toContain(sentence)
    expect(attributes(renamed, 'data-text')).toContainEqual(expect.stringMatching(/^sign_up command.* register/))
  })

  it('says where the servers of the config are, and what they want to know', () => {
    const servers = {
      production: { url: 'wss://api.example.org/ws', auth: 'A token.' },
      local: 'ws://127.0.0.1:8800/ws',
    }
    const named = pageOf({ ping: command({}) }, { servers }).replaceAll(/<[^>]+>/g, '')
    expect(named).toContain('production wss://api.example.org/ws Credentials: A token.')
    expect(named).toContain('local ws://127.0.0.1:8800/ws')
    expect(pageOf({ ping: command({}) })).not.toContain('<p class="server">')
  })

  it('counts as people do, in its index and in its sections', () => {
    const area = (name: string) => command({ cmd: `area${name}` })
    const counted = pageOf({ a: area('10.c'), b: area('9.c10'), c: area('9.c5'), d: area('') })
    const ids = ['area', 'area9.c5', 'area9.c10', 'area10.c']
    expect([...counted.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id)).toEqual(ids)
    expect(attributes(counted.slice(counted.indexOf('<nav'), counted.indexOf('</nav>')), 'title')).toEqual(ids)
  })

  it('has namespaces closed in an index that would fill pages', () => {
    const many = (count: number) =>
      pageOf(Object.fromEntries(Array.from({ length: count }, (_, at) => [`a${at}`, command({ cmd: `area.c${at}` })])))
    expect(many(60)).toContain('<details class="group" open>')
    expect(many(61)).toContain('<details class="group">')
  })

  it('opens a named type in place inside lists, maps and unions, too', () => {
    const User = Type.Object({ name: Type.String() })
    const Users = Type.Array(User)
    const exports = { User, Users, all: command({ request: Type.Object({ list: Users }), response: Users }) }
    const map = command({
      response: Type.Object({ byId: Type.Record(Type.String(), Type.Union([User, Type.Null()])) }),
    })
    const opened = pageOf({ ...exports, map })
    const section = (id: string) => opened.slice(opened.indexOf(`<section id="${id}"`)).split('</section>')[0] ?? ''
    expect(attributes(section('all'), 'data-type')).toEqual(['Users', 'Users'])
    expect(attributes(section('Users'), 'data-type')).toEqual(['User'])
    expect(attributes(section('map'), 'data-type')).toEqual(['User'])
  })

  it('links named types inside unions, lists and maps', () => {
    const linked = pageOf({
      One: Type.Object({ a: Type.Integer() }),
      Two: Type.Object({ b: Type.Integer() }),
      act: command({
        request: {
          type: 'object',
          properties: {
            either: { anyOf: [{ $ref: 'One' }, { type: 'array', items: { $ref: 'Two' } }, { type: 'null' }] },
            named: { type: 'object', additionalProperties: { $ref: 'Two' } },
            pair: { type: 'array', prefixItems: [{ $ref: 'One' }, { type: 'string' }], items: false },
          },
        },
      }),
    })
    const link = (name: string): string => `<a href="#${name}"><code>${name}</code></a>`
    expect(linked).toContain(`<span class="type">${link('One')} | array of ${link('Two')} | null</span>`)
    expect(linked).toContain(`<span class="type">map of ${link('Two')}</span>`)
    expect(linked).toContain(`<span class="type">[${link('One')}, string]</span>`)
  })

  it('opens nested objects in place, and shows choices as chips', () => {
    const deep = pageOf({
      act: command({
        request: Type.Object({
          filter: Type.Object({ range: Type.Object({ from: Type.Integer() }) }),
          order: Type.Union([Type.Literal('newest first'), Type.Literal('oldest')]),
          rows: Type.Array(Type.Object({ cell: Type.String() })),
        }),
      }),
    })
    const text = deep.replaceAll(/\s+/g, ' ')
    expect(text).toMatch(
      /filter<.*?<details><summary>fields<.*?>range<.*?<details><summary>fields<.*?>from<.*?<\/details>.*?<\/details>/,
    )
    expect(text).toMatch(/>rows<.*?<details><summary>each item<.*?>cell</)
    expect(deep).toContain(
      '<ul class="chips"><li><code>&quot;newest first&quot;</code></li><li><code>oldest</code></li>',
    )
  })

  it('marks what a request must have, and not what has a default', () => {
    const limit = Type.Integer({ default: 3 })
    const marked = pageOf({ act: command({ request: Type.Object({ limit }), response: Type.Object({ limit }) }) })
    const [request, response] = [...marked.matchAll(/<p class="field">.*?<\/p>/g)].map(([row]) => row)
    expect(request).toContain('<span class="dim">optional</span>')
    expect(response).toContain('<span class="need">required</span>')
  })

  it('renders Markdown in descriptions, and nothing that is dangerous', () => {
    const description = [
      'Sends **it**, see `whoami`.',
      '# A heading',
      '- [the web](https://example.org/?a=1&b=2)',
      '- [a trap](javascript:alert(1)) ![an image](https://example.org/x.png "x")',
      '',
      '| a | b |\n| - | - |\n| 1 | <img src=x onerror=alert(1)> |',
    ].join('\n')
    const written = pageOf({ act: command({ description }) })
    expect(written).toContain('<p>Sends <strong>it</strong>, see <code>whoami</code>.</p>')
    expect(written).toContain('<p><strong>A heading</strong></p>')
    expect(written).toContain('<a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">the web</a>')
    expect(written).toContain('<td>&lt;img src=x onerror=alert(1)&gt;</td>')
    expect(written).not.toMatch(/href="javascript|<img|<h[15-6]>A/)
    expect(written).toContain('<a href="https://example.org/x.png" rel="noopener noreferrer">an image</a>')
  })

  it('shows each call in TypeScript, for a shell and on the wire', () => {
    const blocks = (name: string): readonly string[] =>
      [...page.matchAll(/data-tab="([^"]+)">([\s\S]*?)<\/div>/g)]
        .filter(([, tab]) => tab === name)
        .map(([, , body = '']) => body.replaceAll(/<[^>]+>|&quot;/g, (one) => (one === '&quot;' ? '"' : '')).trim())
    expect(blocks('TypeScript')).toContainEqual(expect.stringContaining('const answer = await client.register(1)'))
    expect(blocks('TypeScript')).toContainEqual(expect.stringContaining("const stop = client.on('chat.message', "))
    expect(blocks('CLI')).toContainEqual(expect.stringContaining('wsrv call register 1'))
    expect(blocks('CLI')).toContainEqual(
      expect.stringMatching(/wsrv call chat\.send \w+ --data '\{"content":\{"kind":"text"/),
    )
    expect(blocks('Wire')).toContainEqual(expect.stringMatching(/"cmd": "register"[\s\S]*"status": 0/))
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
