import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { generate } from '../src/generate.ts'

/** The generated client and server of one schema file. */
function generateBoth(exports: Readonly<Record<string, unknown>>): {
  readonly client: string
  readonly server: string
} {
  const config = { schema: 'schema/*.ts', client: 'client.ts', server: 'server.ts' }
  const { files, diagnostics } = generate(config, [{ file: 'schema/a.ts', exports }])
  expect(diagnostics).toEqual([])
  const textOf = (path: string): string => files.find((file) => file.path === path)?.text ?? ''
  return { client: textOf('client.ts'), server: textOf('server.ts') }
}

/** The declaration of one type in a generated file, its doc comment included. */
function declarationOf(text: string, name: string): readonly string[] {
  const found = text.split('\n\n').find((block) => new RegExp(`^export (interface|type) ${name}\\b`, 'm').test(block))
  return (found ?? `no ${name}`).split('\n')
}

const Point = Type.Object({ x: Type.Number(), y: Type.Number() })

/** A schema, and the exact lines of its type as a push's data. */
const goldens: readonly (readonly [construct: string, schema: object, lines: readonly string[]])[] = [
  ['an object', Point, ['export interface ValuePush {', '  x: number', '  y: number', '}']],
  [
    'an optional property',
    Type.Object({ a: Type.Optional(Type.String()) }),
    ['export interface ValuePush {', '  a?: string', '}'],
  ],
  [
    'a property that is no identifier',
    Type.Object({ 'content-type': Type.String(), '1st': Type.Null(), default: Type.Null() }),
    ['export interface ValuePush {', "  'content-type': string", "  '1st': null", '  default: null', '}'],
  ],
  ['an object without properties', Type.Object({}), ['export type ValuePush = Record<string, unknown>']],
  [
    'an object that may have none',
    Type.Object({}, { additionalProperties: false }),
    ['export type ValuePush = Record<string, never>'],
  ],
  [
    'an object with others of one type',
    Type.Object({ a: Type.String() }, { additionalProperties: Type.Number() }),
    ['export interface ValuePush {', '  a: string', '  [key: string]: number | string', '}'],
  ],
  [
    'a nested object',
    Type.Object({ at: Point, deep: Type.Object({ a: Type.Null({ description: 'Deep.' }) }) }),
    [
      'export interface ValuePush {',
      '  at: { x: number; y: number }',
      '  deep: {',
      '    /** Deep. */',
      '    a: null',
      '  }',
      '}',
    ],
  ],
  ['null', Type.Null(), ['export type ValuePush = null']],
  ['a nullable', Type.Union([Type.String(), Type.Null()]), ['export type ValuePush = string | null']],
  ['a nullable as OpenAPI writes it', { type: 'string', nullable: true }, ['export type ValuePush = string | null']],
  ['several types', { type: ['string', 'integer', 'null'] }, ['export type ValuePush = string | number | null']],
  [
    'a union',
    Type.Union([Type.String(), Type.Number(), Type.Boolean()]),
    ['export type ValuePush = string | number | boolean'],
  ],
  [
    'a union of what is said twice',
    Type.Union([Type.Literal('a'), Type.String(), Type.String(), Type.Never()]),
    ['export type ValuePush = string'],
  ],
  [
    'a discriminated union',
    Type.Union([
      Type.Object({ kind: Type.Literal('text'), text: Type.String() }, { description: 'Words.' }),
      Type.Object({ kind: Type.Literal('image'), url: Type.String({ format: 'uri' }) }, { description: 'A picture.' }),
    ]),
    [
      '/**',
      ' * Data of the push `value`.',
      ' * - `kind: "text"`: Words.',
      ' * - `kind: "image"`: A picture.',
      ' */',
      'export type ValuePush =',
      "  | { kind: 'text'; text: string }",
      '  | {',
      "      kind: 'image'",
      '      /** @format uri */',
      '      url: string',
      '    }',
    ],
  ],
  [
    'oneOf',
    { oneOf: [{ type: 'string' }, { type: 'object', properties: { a: { type: 'string' } } }] },
    ['export type ValuePush = string | { a?: string }'],
  ],
  [
    'an intersection of objects',
    Type.Intersect([Point, Type.Object({ z: Type.Optional(Type.Number()) })]),
    ['export interface ValuePush {', '  x: number', '  y: number', '  z?: number', '}'],
  ],
  [
    'allOf beside properties',
    { type: 'object', properties: { a: { type: 'string' } }, allOf: [Point] },
    ['export interface ValuePush {', '  a?: string', '  x: number', '  y: number', '}'],
  ],
  [
    'if, then and else',
    Object.fromEntries([
      ['if', { type: 'object' }],
      ['then', Point],
      ['else', { type: 'string' }],
    ]),
    ['export type ValuePush = { x: number; y: number } | string'],
  ],
  ['an enum', Type.Enum(['north', 'south']), ["export type ValuePush = 'north' | 'south'"]],
  ["TypeScript's enum", Type.Enum({ Yes: 'yes', No: 0 }), ["export type ValuePush = 'yes' | 0"]],
  ['a literal', Type.Literal("it's"), ['export type ValuePush = "it\'s"']],
  [
    'const of an object',
    { const: { a: [1, 'b', null, true] } },
    ['export interface ValuePush {', "  a: [1, 'b', null, true]", '}'],
  ],
  ['true or false', Type.Union([Type.Literal(true), Type.Literal(false)]), ['export type ValuePush = boolean']],
  ['an array', Type.Array(Type.String()), ['export type ValuePush = string[]']],
  [
    'an array of a union',
    Type.Array(Type.Union([Type.String(), Type.Null()])),
    ['export type ValuePush = (string | null)[]'],
  ],
  ['an array of anything', { type: 'array' }, ['export type ValuePush = unknown[]']],
  ['a tuple', Type.Tuple([Type.String(), Type.Number()]), ['export type ValuePush = [string, number]']],
  ['an empty tuple', Type.Tuple([]), ['export type ValuePush = []']],
  [
    'a tuple with a rest',
    Type.Tuple([Type.String(), Type.Rest(Type.Array(Type.Number()))]),
    ['export type ValuePush = [string, ...number[]]'],
  ],
  [
    'a tuple with an optional element',
    { type: 'array', prefixItems: [{ type: 'string' }, { type: 'null' }], items: false, minItems: 1 },
    ['export type ValuePush = [string, null?]'],
  ],
  ['a record', Type.Record(Type.String(), Point), ['export type ValuePush = Record<string, { x: number; y: number }>']],
  [
    'a record by number',
    Type.Record(Type.Integer(), Type.Boolean()),
    ['export type ValuePush = Record<number, boolean>'],
  ],
  [
    'a record by a union',
    Type.Record(Type.Enum(['a', 'b']), Type.Null()),
    ['export interface ValuePush {', '  a: null', '  b: null', '}'],
  ],
  [
    'a record by a template',
    Type.Record(Type.TemplateLiteral([Type.Literal('id-'), Type.Number()]), Type.Null()),
    [`export type ValuePush = Record<\`id-\${number}\`, null>`],
  ],
  [
    'a recursive type',
    Type.Cyclic({ Tree: Type.Object({ children: Type.Array(Type.Ref('Tree')) }) }, 'Tree'),
    ['export type ValuePush = Tree'],
  ],
  [
    'a template literal',
    Type.TemplateLiteral([Type.Literal('v'), Type.Number(), Type.Enum(['a', 'b']), Type.String()]),
    [`export type ValuePush = \`v\${number}\${'a' | 'b'}\${string}\``],
  ],
  [
    'a template literal with dots in its text',
    Type.TemplateLiteral([Type.Literal('v1.'), Type.Number(), Type.Enum(['a.b', 'c'])]),
    [`export type ValuePush = \`v1.\${number}\${'a.b' | 'c'}\``],
  ],
  [
    'a template that was written as a pattern',
    { type: 'string', pattern: '^\\(.*\\)$' },
    [`export type ValuePush = \`(\${string})\``],
  ],
  [
    'a pattern whose dot is any character',
    { type: 'string', pattern: '^v1.-?(?:0|[1-9][0-9]*)$' },
    [
      '/**',
      ' * Data of the push `value`.',
      ' *',
      ' * @pattern ^v1.-?(?:0|[1-9][0-9]*)$',
      ' */',
      'export type ValuePush = string',
    ],
  ],
  [
    'a record by a template with a dot, which TypeBox takes for any character',
    Type.Record(Type.TemplateLiteral([Type.Literal('v1.'), Type.Number()]), Type.Null()),
    ['export type ValuePush = Record<string, null>'],
  ],
  [
    'a pattern that is no template',
    Type.String({ pattern: '^[a-z]+$' }),
    ['/**', ' * Data of the push `value`.', ' *', ' * @pattern ^[a-z]+$', ' */', 'export type ValuePush = string'],
  ],
  ['anything', Type.Unknown(), ['export type ValuePush = unknown']],
  ['any', Type.Any(), ['export type ValuePush = unknown']],
  ['never', Type.Never(), ['export type ValuePush = never']],
  [
    'Unsafe with a schema',
    Type.Unsafe({ type: 'string', format: 'date' }),
    ['/**', ' * Data of the push `value`.', ' *', ' * @format date', ' */', 'export type ValuePush = string'],
  ],
  ['not', { type: 'string', not: { const: '' } }, ['export type ValuePush = string']],
  [
    'schemas that are true and false',
    { type: 'object', properties: { a: true, b: false } },
    ['export interface ValuePush {', '  a?: unknown', '  b?: never', '}'],
  ],
  [
    'everything that types cannot say, as tags',
    Type.Object({
      at: Type.String({ description: 'When.', format: 'date-time' }),
      count: Type.Integer({ minimum: 0, exclusiveMaximum: 9, multipleOf: 3, default: 3, examples: [3, 6] }),
      tags: Type.Array(Type.String(), { minItems: 1, maxItems: 3, uniqueItems: true }),
      old: Type.Optional(Type.String({ description: 'Two\nlines */ here.', deprecated: true })),
    }),
    [
      'export interface ValuePush {',
      '  /**',
      '   * When.',
      '   *',
      '   * @format date-time',
      '   */',
      '  at: string',
      '  /**',
      '   * @minimum 0',
      '   * @exclusiveMaximum 9',
      '   * @multipleOf 3',
      '   * @defaultValue 3',
      '   * @example 3',
      '   * @example 6',
      '   */',
      '  count: number',
      '  /**',
      '   * @minItems 1',
      '   * @maxItems 3',
      '   * @uniqueItems true',
      '   */',
      '  tags: string[]',
      '  /**',
      '   * Two',
      '   * lines *\\/ here.',
      '   *',
      '   * @deprecated',
      '   */',
      '  old?: string',
      '}',
    ],
  ],
]

const COMMENT = '/** Data of the push `value`. */'

describe('the type of', () => {
  it.each(goldens)('%s', (_construct, data, lines) => {
    const { client, server } = generateBoth({ value: push({ data }) })
    const declared = declarationOf(client, 'ValuePush')
    expect(declared.slice(declared[0] === COMMENT ? 1 : 0)).toEqual(lines)
    expect(declarationOf(server, 'ValuePush')).toEqual(declarationOf(client, 'ValuePush'))
  })
})

describe('a request', () => {
  /** The client's side of one command. */
  const clientOf = (spec: Parameters<typeof command>[0]) => generateBoth({ get: command(spec) }).client
  const method = (text: string) =>
    text
      .split('\n')
      .find((line) => line.startsWith('  readonly get: '))
      ?.trim()

  it('without properties takes no argument', () => {
    const text = clientOf({ request: Type.Object({}) })
    expect(method(text)).toBe('readonly get: (options?: CallOptions) => Promise<GetResponse>')
    expect(text).toContain('client.call<GetResponse>(commands.get, {}, options)')
    expect(declarationOf(text, 'GetRequest')).toEqual(['no GetRequest'])
  })

  it('is one object without params', () => {
    const text = clientOf({ request: Point })
    expect(method(text)).toBe('readonly get: (data: GetRequest, options?: CallOptions) => Promise<GetResponse>')
    expect(text).toContain('get: (data: GetRequest, options?: CallOptions) =>')
  })

  it('may be left out when all of it may', () => {
    const text = clientOf({ request: Type.Object({ limit: Type.Integer({ default: 9 }) }) })
    expect(method(text)).toBe('readonly get: (data?: GetRequest, options?: CallOptions) => Promise<GetResponse>')
    expect(text).toContain('client.call<GetResponse>(commands.get, data ?? {}, options)')
  })

  it('is positional with params', () => {
    const text = clientOf({ request: Point, params: ['x', 'y'] as never })
    expect(method(text)).toBe('readonly get: (x: number, y: number, options?: CallOptions) => Promise<GetResponse>')
    expect(text).toContain('client.call<GetResponse>(commands.get, { x, y }, options)')
  })

  it('has the properties that are no params behind them', () => {
    const request = Type.Object({ room: Type.String(), limit: Type.Optional(Type.Integer()) })
    const text = clientOf({ request, params: ['room'] as never })
    expect(method(text)).toBe(
      'readonly get: (room: string, rest?: GetRest, options?: CallOptions) => Promise<GetResponse>',
    )
    expect(text).toContain('client.call<GetResponse>(commands.get, { room, ...rest }, options)')
    expect(declarationOf(text, 'GetRest').slice(1)).toEqual(['export interface GetRest {', '  limit?: number', '}'])
    expect(declarationOf(text, 'GetRequest')[1]).toBe('export interface GetRequest extends GetRest {')
  })

  it('has arguments that may be called what they are', () => {
    const request = Type.Object({ default: Type.String(), options: Type.String(), 'user-id': Type.String() })
    const text = clientOf({ request, params: ['default', 'options', 'user-id'] as never })
    expect(text).toContain('get: (default_: string, options_: string, userId: string, options?: CallOptions) =>')
    expect(text).toContain("{ default: default_, options: options_, 'user-id': userId }")
  })
})

describe('a default', () => {
  const Page = Type.Object({
    limit: Type.Integer({ default: 20 }),
    sort: Type.Optional(Type.String({ default: 'id' })),
  })
  const fields = (text: string, name: string) => declarationOf(text, name).filter((line) => /^ {2}\w/.test(line))

  it('makes a property of a request optional for the client and present for the handler', () => {
    const { client, server } = generateBoth({ get: command({ request: Page }) })
    expect(fields(client, 'GetRequest')).toEqual(['  limit?: number', '  sort?: string'])
    expect(fields(server, 'GetRequest')).toEqual(['  limit: number', '  sort: string'])
  })

  it('is documentation in a response', () => {
    const { client, server } = generateBoth({ get: command({ response: Page }) })
    expect(fields(client, 'GetResponse')).toEqual(['  limit: number', '  sort?: string'])
    expect(fields(server, 'GetResponse')).toEqual(['  limit: number', '  sort?: string'])
  })

  it('gives a type that is used in both directions a twin for requests', () => {
    const { client, server } = generateBoth({ Page, get: command({ request: Page, response: Page }) })
    expect(fields(client, 'Page')).toEqual(['  limit: number', '  sort?: string'])
    expect(fields(client, 'PageInput')).toEqual(['  limit?: number', '  sort?: string'])
    expect(client).toContain('export type GetRequest = PageInput')
    expect(fields(server, 'PageInput')).toEqual(['  limit: number', '  sort: string'])
  })

  it('is not filled in where the server cannot know which alternative is meant', () => {
    const request = Type.Object({ page: Type.Union([Page, Type.Null()]) })
    const { client } = generateBoth({ Page, get: command({ request }) })
    expect(fields(client, 'Page')).toEqual(['  limit: number', '  sort?: string'])
    expect(declarationOf(client, 'PageInput')).toEqual(['no PageInput'])
  })
})

describe('a name', () => {
  it('of a type that generated files need gets Data behind it', () => {
    const Session = Type.Object({ id: Type.String() })
    const { client } = generateBoth({ Session, get: command({ response: Session }) })
    expect(client).toContain('export interface SessionData {')
  })

  it('of a type that is what a message would be called is that type', () => {
    const GetResponse = Type.Object({ id: Type.String() })
    const { client } = generateBoth({ GetResponse, get: command({ response: GetResponse }) })
    expect(client.match(/GetResponse =|interface GetResponse/g)).toHaveLength(1)
  })

  it('that two types would have is refused with both places', () => {
    const GetError = Type.Object({ id: Type.String() })
    const exports = { GetError, get: command({ response: GetError }) }
    const { diagnostics } = generate({ schema: '', client: 'client.ts' }, [{ file: 'schema/a.ts', exports }])
    expect(diagnostics.map(({ exportName, message }) => [exportName, message])).toEqual([
      [
        'GetError',
        'GetError is the name of the type GetError and of the errors of get (get in schema/a.ts). Expected one type a name. Rename one of them.',
      ],
    ])
  })
})

describe('what an editor shows', () => {
  it('of a method is its arguments and how it fails; of a long pattern, its beginning', () => {
    const pattern = `^(${'a|'.repeat(60)}b)[c-d]$`
    const get = command({
      description: 'Enters.',
      request: Type.Object({ room: Type.String({ description: 'Room name.\nSmall letters.', pattern }) }),
      params: ['room'] as never,
      errors: { full: { status: 1001, description: 'Nobody fits in.' }, closed: { status: 1002 } },
    })
    const text = generateBoth({ get }).client
    expect(text).toContain(`  /**
   * Enters.
   *
   * @param room Room name.
   * @throws CommandError \`full\`: Nobody fits in.
   * @throws CommandError \`closed\`
   */
  readonly get: (room`)
    expect(text).toContain(`   * @pattern ${pattern.slice(0, 79)}…\n`)
  })
})
