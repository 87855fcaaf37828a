import type { UnplacedProblem } from '../problem.ts'

/**
 * Says why a schema cannot be part of a contract, and what to write instead: it cannot travel as JSON, or be checked from
 * data alone.
 *
 * @param schema any object; TypeBox marks its types with the keys `~kind`, `~refine`, `~codec` and `~unsafe`.
 */
export function findRefusal(schema: Readonly<Record<string, unknown>>): UnplacedProblem | undefined {
  if (isForeign(schema)) return FOREIGN
  if ('~refine' in schema) return REFINE
  if ('~codec' in schema) return CODEC
  if ('~unsafe' in schema && Object.keys(schema).length === 0) return UNSAFE
  const kind = typeof schema['~kind'] === 'string' ? schema['~kind'] : schema['type']
  return typeof kind === 'string' ? REFUSED_KINDS.get(kind.toLowerCase()) : undefined
}

/** A schema object of another library; a JSON Schema that such a library made may hide the same key (`z.toJSONSchema` does). */
function isForeign(schema: object): boolean {
  if (!('~standard' in schema) || '~kind' in schema) return false
  const own = Object.getOwnPropertyDescriptor(schema, '~standard')
  return own === undefined || own.enumerable === true
}

const JSON_SCHEMA = 'a schema that says what the JSON looks like'

const FOREIGN: UnplacedProblem = {
  wrong: "is another validation library's schema",
  expected: 'a TypeBox type or a plain JSON Schema',
  advice: "Pass that library's JSON Schema of it, as z.toJSONSchema(schema) returns",
}
const REFINE: UnplacedProblem = {
  wrong: 'holds a Refine function, which a contract as data cannot carry',
  expected: 'JSON Schema keywords only',
  advice:
    'Say it with keywords (minimum, pattern …), or check it in the handler and answer with an error of the command',
}
const CODEC: UnplacedProblem = {
  wrong: 'holds a Codec, which a contract as data cannot carry',
  expected: 'the type as it travels',
  advice: 'Declare the encoded type, and decode it in the handler',
}
const UNSAFE: UnplacedProblem = {
  wrong: 'is Unsafe without a JSON Schema',
  expected: JSON_SCHEMA,
  advice: "Give it one, as in Type.Unsafe({ type: 'string' }), or use Type.Unknown()",
}

const REFUSED_KINDS: ReadonlyMap<string, UnplacedProblem> = new Map([
  ['bigint', notJson('a bigint', "Send it as text: Type.String({ pattern: '^-?[0-9]+$' })")],
  [
    'date',
    notJson('a Date', "Send it as text, Type.String({ format: 'date-time' }), or as milliseconds, Type.Integer()"),
  ],
  ['uint8array', notJson('bytes', "Send them as text: Type.String({ contentEncoding: 'base64' })")],
  ['undefined', notJson('undefined', 'Leave the property out with Type.Optional, or send Type.Null()')],
  ['void', notJson('void', 'Leave the schema out: an empty object is sent')],
  ['symbol', notJson('a symbol', 'Send its name: Type.Literal(…)')],
  ['function', notJson('a function', 'Declare a command for what it does')],
  ['constructor', notJson('a constructor', "Send the instance's data: Type.Object(…)")],
  ['promise', notJson('a promise', 'Declare the type of what it settles with')],
  ['iterator', notJson('an iterator', 'Send Type.Array(…), or declare a push for each item')],
  ['asynciterator', notJson('an async iterator', 'Declare a push for each item')],
  ...['Parameter', 'Generic', 'Call', 'Infer', 'Identifier', 'Deferred'].map((kind): [string, UnplacedProblem] => [
    kind.toLowerCase(),
    {
      wrong: `is an unresolved ${kind} of TypeBox`,
      expected: JSON_SCHEMA,
      advice: 'Instantiate the generic type with its arguments',
    },
  ]),
])

function notJson(what: string, advice: string): UnplacedProblem {
  return { wrong: `is ${what}, which JSON cannot carry`, expected: JSON_SCHEMA, advice }
}
