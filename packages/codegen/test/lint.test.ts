import { command, type JsonSchema, presence } from '@wsrv/schema'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { formatDiagnostic } from '../src/diagnostic.ts'
import { generate } from '../src/generate.ts'

interface Findings {
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

const lintExports = (exports: Readonly<Record<string, unknown>>): Findings => {
  const { diagnostics, warnings } = generate({ schema: '*.ts', client: 'client.ts' }, [{ file: 'a.ts', exports }])
  return { problems: diagnostics.map(formatDiagnostic), warnings: warnings.map(formatDiagnostic) }
}
const lint = (request: JsonSchema, response?: JsonSchema): Findings =>
  lintExports({ save: command({ request, ...(response !== undefined && { response }) }) })
const text = (options: object): JsonSchema => Type.Object({ text: Type.String({ ...options }) })
const SLUG = '^([a-z]+-?)+$'
const EMAIL = '^[^@]+@[^@]+\\.[^@]+$'

describe('a pattern', () => {
  it('that a text can stop a server with is refused, with that text and advice', () => {
    expect(lint(text({ pattern: SLUG }))).toEqual({
      problems: [
        `a.ts: save: request.text has the pattern ${SLUG}, and to search "${'a'.repeat(31)}0" for it stops a server: each "a" more doubles the time. Expected a pattern that can read any text in one way only. Take care that no two repetitions, one within the other or side by side, take the same characters: ^[a-z]+(-[a-z]+)*$ in place of ^([a-z]+-?)+$. If no text can do that, say so in allowPatterns of the config.`,
      ],
      warnings: [],
    })
  })

  it.each([
    ['a key', Type.Record(Type.String({ pattern: SLUG }), Type.Null())],
    ['an item', Type.Object({ list: Type.Array(Type.String({ pattern: SLUG })) })],
    ['an alternative', Type.Object({ one: Type.Union([Type.Integer(), Type.String({ pattern: SLUG })]) })],
  ])('is refused wherever it stands: in %s', (_, request) => {
    expect(lint(request).problems).toEqual([expect.stringContaining(SLUG)])
  })

  it('is refused in what the server checks of its own data, too', () => {
    expect(lint(Type.Object({}), text({ pattern: SLUG })).problems).toEqual([expect.stringContaining('response.text')])
    const slug = text({ pattern: SLUG })
    expect(lintExports({ list: command({ stream: slug }), member: presence(slug) }).problems).toEqual([
      expect.stringContaining('a.ts: list: stream.text has the pattern'),
      expect.stringContaining('a.ts: member: value.text has the pattern'),
    ])
  })

  it('whose search is dear is warned of without a small maxLength, where clients send the text', () => {
    expect(lint(text({ pattern: EMAIL })).warnings).toEqual([
      `a.ts: save: request.text has the pattern ${EMAIL}, and the time of a search for it grows with power 2 of the text's length. Servers refuse data with a text of more than 5547 characters there. Expected a maxLength of at most 1240, or another pattern. Begin the pattern with ^, and keep what follows a repetition from taking its characters.`,
    ])
    expect(lint(text({ pattern: EMAIL, maxLength: 254 }))).toEqual({ problems: [], warnings: [] })
    expect(lint(text({ pattern: SLUG, maxLength: 17 }))).toEqual({ problems: [], warnings: [] })
    expect(lint(text({ pattern: SLUG, maxLength: 18 })).problems).toHaveLength(1)
    expect(lint(Type.Object({}), text({ pattern: EMAIL }))).toEqual({ problems: [], warnings: [] })
  })

  it('of which nothing can be known is warned of', () => {
    expect(lint(text({ pattern: '^(a+)\\1$' })).warnings).toEqual([
      expect.stringContaining('refers to what a group captured: what a search for it costs cannot be known'),
    ])
  })

  it('that reads a text once passes, and so do those that TypeBox writes', () => {
    const request = Type.Object({
      slug: Type.String({ pattern: '^[a-z]+(-[a-z]+)*$' }),
      record: Type.Record(Type.String(), Type.Integer()),
      numbers: Type.Record(Type.Integer(), Type.Integer()),
      template: Type.TemplateLiteral([Type.Literal('user-'), Type.Number()]),
    })
    expect(lint(request)).toEqual({ problems: [], warnings: [] })
  })
})

describe('what a search costs', () => {
  const contractOf = (request: JsonSchema): string | undefined =>
    generate({ schema: '*.ts', server: 'server.ts' }, [
      { file: 'a.ts', exports: { save: command({ request }) } },
    ]).files.find(({ path }) => path === 'contract.ts')?.text

  it('stands in the generated contract where a server would guess otherwise', () => {
    expect(contractOf(text({ pattern: '^[a-z]+(-[a-z]+)*$' }))).toContain(
      "patterns: { '^[a-z]+(-[a-z]+)*$': { degree: 1, factor: 1 } }",
    )
    expect(contractOf(text({ pattern: '^\\s*(.*?)\\s*$', maxLength: 40 }))).toContain('degree: 3')
    expect(contractOf(text({ pattern: '^[a-z]+$' }))).not.toContain('patterns')
  })

  it('is not looked at where allowPatterns names the pattern', () => {
    const config = { schema: '*.ts', client: 'client.ts', allowPatterns: { [SLUG]: 'Measured.' } }
    const save = command({ request: text({ pattern: SLUG }) })
    expect(generate(config, [{ file: 'a.ts', exports: { save } }])).toMatchObject({ diagnostics: [], warnings: [] })
  })
})

describe('a type that refers to itself', () => {
  const node = (extra: object): JsonSchema => ({
    type: 'object',
    properties: { tree: { $ref: '#/$defs/Tree' } },
    $defs: {
      Tree: {
        anyOf: [
          { type: 'object', properties: { left: { $ref: '#/$defs/Tree' } } },
          { type: 'object', properties: { left: { $ref: '#/$defs/Tree' }, a: {} } },
        ],
        ...extra,
      },
    },
  })

  it('is warned of where it counts what its alternatives have looked at', () => {
    expect(lint(node({ unevaluatedProperties: false })).warnings).toEqual([
      expect.stringContaining('Tree refers to itself, and has anyOf and unevaluatedProperties'),
    ])
    expect(lint(node({})).warnings).toEqual([])
  })
})
