import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildContract, push } from '@wsrv/schema'
import fc from 'fast-check'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { afterEach, expect, it } from 'vitest'
import { generate } from '../src/generate.ts'
import { createTempProject, ROOT, type TempProject } from './temp-project.ts'

let project: TempProject | undefined
afterEach(() => project?.delete())

/** A schema with values that it takes, and others that are nearly such. */
interface Sampled {
  readonly schema: object
  readonly values: fc.Arbitrary<unknown>
}

const name = fc.constantFrom('a', 'b', 'long-name', 'type', '1')

const scalar: fc.Arbitrary<Sampled> = fc.constantFrom<Sampled>(
  { schema: Type.String(), values: fc.string() },
  { schema: Type.Number(), values: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { schema: Type.Integer(), values: fc.integer() },
  { schema: Type.Boolean(), values: fc.boolean() },
  { schema: Type.Null(), values: fc.constant(null) },
  { schema: Type.Literal('x'), values: fc.constant('x') },
  { schema: Type.Literal(7), values: fc.constant(7) },
  { schema: Type.Enum(['north', 'south', 3]), values: fc.constantFrom('north', 'south', 3) },
  {
    schema: Type.TemplateLiteral([Type.Literal('id-'), Type.Integer()]),
    values: fc.nat().map((number) => `id-${number}`),
  },
  {
    schema: Type.TemplateLiteral([Type.Literal('v1.'), Type.Enum(['a.b', 'c'])]),
    values: fc.constantFrom('v1.a.b', 'v1.c', 'v1xc', 'v1.axb'),
  },
  { schema: Type.String({ default: 'x', description: 'Text.', examples: ['y'] }), values: fc.string() },
  { schema: { type: ['string', 'null'] }, values: fc.constantFrom('x', null) },
  { schema: { type: 'integer', nullable: true }, values: fc.constantFrom(1, null) },
  { schema: { const: { a: [1, 'b'] } }, values: fc.constant({ a: [1, 'b'] }) },
  { schema: Type.Unknown(), values: fc.constantFrom(1, 'x', null, [1]) },
)

/** Types that refer to themselves, and objects that only their discriminator or their properties tell apart. */
const named: fc.Arbitrary<Sampled> = fc.constantFrom<Sampled>(
  {
    schema: Type.Cyclic(
      { Tree: Type.Object({ size: Type.Integer(), children: Type.Array(Type.Ref('Tree')) }) },
      'Tree',
    ),
    values: fc.constantFrom(
      { size: 1, children: [] },
      { size: 1, children: [{ size: 2, children: [{ size: 3, children: [] }] }] },
      { size: 1, children: [{ size: '2', children: [] }] },
      { size: 1, children: [{ size: 2 }] },
    ),
  },
  {
    schema: Type.Union([
      Type.Object({ kind: Type.Literal('text'), text: Type.String() }),
      Type.Object({ kind: Type.Literal('size'), size: Type.Integer() }),
    ]),
    values: fc.constantFrom(
      { kind: 'text', text: 'x' },
      { kind: 'size', size: 1 },
      { kind: 'size', text: 'x' },
      { kind: 'other' },
    ),
  },
  {
    schema: Type.Intersect([
      Type.Object({ id: Type.Integer() }),
      Type.Union([Type.Object({ a: Type.String() }), Type.Object({ b: Type.Null() })]),
    ]),
    values: fc.constantFrom({ id: 1, a: 'x' }, { id: 1, b: null }, { id: 1 }, { a: 'x' }, { id: 1, a: null }),
  },
)

const { schema: anySchema } = fc.letrec<{ schema: Sampled; object: Sampled }>((tie) => ({
  object: fc
    .uniqueArray(fc.tuple(name, tie('schema'), fc.boolean()), { minLength: 1, maxLength: 3, selector: ([key]) => key })
    .map(toObject),
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    named,
    tie('object'),
    tie('schema').map(({ schema, values }) => ({
      schema: Type.Record(Type.TemplateLiteral([Type.Literal('k-'), Type.Integer()]), schema),
      values: fc.dictionary(fc.constantFrom('k-1', 'k-2'), values),
    })),
    fc.tuple(tie('schema'), scalar).map(([first, others]) => ({
      schema: Type.Tuple([first.schema, Type.Rest(Type.Array(others.schema))]),
      values: fc
        .tuple(first.values, fc.array(others.values, { maxLength: 2 }))
        .map(([one, rest]): unknown => [one, ...rest]),
    })),
    tie('schema').map(({ schema, values }) => ({
      schema: Type.Array(schema),
      values: fc.array(values, { maxLength: 3 }),
    })),
    tie('schema').map(({ schema, values }) => ({
      schema: Type.Record(Type.String(), schema),
      values: fc.dictionary(fc.constantFrom('k', 'l'), values),
    })),
    fc.tuple(tie('schema'), tie('schema')).map(([one, other]) => ({
      schema: Type.Tuple([one.schema, other.schema]),
      values: fc.tuple(one.values, other.values),
    })),
    fc.tuple(scalar, tie('schema')).map(([one, other]) => ({
      schema: Type.Union([one.schema, other.schema]),
      values: fc.oneof(one.values, other.values),
    })),
    tie('object').map(({ schema, values }) => ({
      schema: Type.Intersect([schema, Type.Object({ extra: Type.Null() })]),
      values: values.map((value) => ({ ...(value as object), extra: null })),
    })),
  ),
}))

function toObject(fields: readonly (readonly [string, Sampled, boolean])[]): Sampled {
  const properties = fields.map(([key, { schema }, isOptional]) => [key, isOptional ? Type.Optional(schema) : schema])
  const required = fields.filter(([, , isOptional]) => !isOptional).map(([key]) => key)
  const values = fc.record(Object.fromEntries(fields.map(([key, sampled]) => [key, sampled.values])), {
    requiredKeys: required,
  })
  return { schema: Type.Object(Object.fromEntries(properties)), values: values as fc.Arbitrary<unknown> }
}

/** A value with one of its leaves replaced or removed: near enough to be refused for a reason. */
function spoil(value: unknown, at: number): unknown {
  if (Array.isArray(value) && value.length > 0) {
    const index = at % value.length
    return value.map((item, position) => (position === index ? spoil(item, at >> 1) : item))
  }
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    const entries = Object.entries(value)
    const index = at % entries.length
    if (at % 3 === 0) return Object.fromEntries(entries.filter((_, position) => position !== index))
    return Object.fromEntries(
      entries.map(([key, own], position) => [key, position === index ? spoil(own, at >> 1) : own]),
    )
  }
  return [null, 'spoiled', true, 0, [], ''][at % 6]
}

const samples = anySchema.chain(({ schema, values }) =>
  fc.record({
    schema: fc.constant(schema),
    values: fc.array(fc.tuple(values, fc.option(fc.nat(1_000), { nil: undefined, freq: 1 })), {
      minLength: 4,
      maxLength: 4,
    }),
  }),
)

it('emits types that compile, and that take a value exactly when the check takes it', () => {
  const batch = fc.array(samples, { minLength: 120, maxLength: 120, size: 'max' })
  fc.assert(
    fc.property(batch, (cases) => {
      const { accepted, disagreements } = compareWithCompiler(
        cases.map(({ schema, values }) => ({
          schema,
          values: values.map(([value, at]) => (at === undefined ? value : spoil(value, at))),
        })),
      )
      expect(disagreements).toEqual([])
      expect(accepted).toBeGreaterThan(cases.length)
    }),
    { numRuns: 2, endOnFailure: true },
  )
})

interface Case {
  readonly schema: object
  readonly values: readonly unknown[]
}

/** Writes every value down as a constant of its emitted type, compiles them all, and compares with the check. */
function compareWithCompiler(cases: readonly Case[]) {
  // Every third is a named type: what is said of it is said by reference.
  const types = cases.flatMap(({ schema }, index) => (index % 3 === 0 ? [[`T${index}`, schema] as const] : []))
  const pushes = cases.map(({ schema }, index) => [`p${index}`, push({ data: schema })] as const)
  const exports = Object.fromEntries([...types, ...pushes])
  const modules = [{ file: 'schema.ts', exports }]
  const { files, diagnostics } = generate({ schema: 'schema.ts', client: 'client.ts' }, modules)
  expect(diagnostics).toEqual([])
  const { contract } = buildContract(modules)
  const lines = cases.flatMap(({ values }, index) => {
    const data = contract.pushes.find(({ cmd }) => cmd === `p${index}`)?.data ?? {}
    const check = Compile({ $defs: contract.types, ...data } as object)
    return values.map((value) => ({
      text: `: Types.P${index}Push = ${JSON.stringify(value)}`,
      isAccepted: check.Check(JSON.parse(JSON.stringify(value))),
    }))
  })
  const refused = compile(
    files[0]?.text ?? '',
    lines.map(({ text }) => text),
  )
  const disagreements = lines.filter(({ isAccepted }, index) => isAccepted === refused.has(index))
  return { accepted: lines.filter(({ isAccepted }) => isAccepted).length, disagreements }
}

/** The constants that the compiler refuses, by index. */
function compile(client: string, constants: readonly string[]): ReadonlySet<number> {
  project?.delete()
  project = createTempProject({
    'tsconfig.json': JSON.stringify({ extends: join(ROOT, 'tsconfig.json'), include: ['*.ts'] }),
    'client.ts': client,
    'values.ts': [
      "import type * as Types from './client.ts'",
      ...constants.map((text, index) => `export const c${index}${text}`),
    ].join('\n'),
  })
  const { stdout } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['--noEmit', '--pretty', 'false'], {
    cwd: project.root,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  })
  const places = [...stdout.matchAll(/^(.+)\((\d+),\d+\): error/gm)]
  expect(places.filter(([, file]) => file !== 'values.ts').map(([text]) => text)).toEqual([])
  return new Set(places.map(([, , line]) => Number(line) - 2))
}
