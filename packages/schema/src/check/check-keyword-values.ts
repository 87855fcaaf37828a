import { describe } from '@wsrv/protocol'
import type { UnplacedProblem } from '../problem.ts'
import { nearest } from './nearest.ts'

/**
 * Says which keywords of a schema (draft 2020-12) hold what no keyword of that name can hold: validators ignore it, refuse
 * all data for it, or throw when the server starts.
 *
 * @param path how messages name the schema: `request.name`.
 */
export function checkKeywordValues(schema: Keywords, path: string): readonly UnplacedProblem[] {
  const problems = Object.entries(schema).flatMap(([keyword, value]) => {
    const wrong = value === undefined ? undefined : CHECKS.get(keyword)?.(value)
    return wrong === undefined ? [] : [{ ...wrong, wrong: `${keyword} of ${path} is ${wrong.wrong}` }]
  })
  return problems.length > 0 ? problems : RANGES.flatMap((range) => checkRange(schema, range, path))
}

type Keywords = Readonly<Record<string, unknown>>
type Check = (value: unknown) => UnplacedProblem | undefined

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']

/** Those that validators know; others are the author's own. */
const FORMATS = [
  ...[
    'date-time',
    'duration',
    'email',
    'hostname',
    'idn-email',
    'idn-hostname',
    'ipv4',
    'ipv6',
    'iri',
    'iri-reference',
  ],
  ...['json-pointer', 'relative-json-pointer', 'regex', 'uri', 'uri-reference', 'uri-template', 'uuid', 'date', 'time'],
]

/** Shorter words come near each other by accident. */
const MIN_FORMAT_LENGTH = 5

/** A format's slip of the pen: two letters exchanged, or two wrong. */
const MAX_SLIPS = 2

const count = expecting('an integer of 0 or more', (value) => Number.isSafeInteger(value) && Number(value) >= 0)
const number = expecting('a number', Number.isFinite)
const boolean = expecting('true or false', (value) => typeof value === 'boolean')
const names = expecting(
  'an array of names',
  (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
)

const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ...['minLength', 'maxLength', 'minItems', 'maxItems'].map((keyword): [string, Check] => [keyword, count]),
  ...['minContains', 'maxContains', 'minProperties', 'maxProperties'].map((keyword): [string, Check] => [
    keyword,
    count,
  ]),
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].map((keyword): [string, Check] => [
    keyword,
    number,
  ]),
  ['multipleOf', expecting('a number above 0', (value) => Number.isFinite(value) && Number(value) > 0)],
  ['uniqueItems', boolean],
  ['required', names],
  ['enum', expecting('an array of at least one value', (value) => Array.isArray(value) && value.length > 0)],
  ['type', checkType],
  ['pattern', checkPattern],
  ['format', checkFormat],
])

/** Two bounds of one thing, the lower first. */
const RANGES = [
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
  ['minimum', 'maximum'],
] as const

function checkRange(
  schema: Keywords,
  [lower, upper]: readonly [string, string],
  path: string,
): readonly UnplacedProblem[] {
  const [min, max] = [schema[lower], schema[upper]]
  if (typeof min !== 'number' || typeof max !== 'number' || min <= max) return []
  return [{ wrong: `${lower} of ${path} is ${min} and ${upper} ${max}`, expected: `${lower} to be ${upper} at most` }]
}

function expecting(expected: string, isRight: (value: unknown) => boolean): Check {
  return (value) => (isRight(value) ? undefined : { wrong: describe(value), expected })
}

function checkType(type: unknown): UnplacedProblem | undefined {
  const wrong = (Array.isArray(type) ? type : [type]).find((name) => !TYPES.includes(name))
  if (wrong === undefined) return undefined
  const meant = typeof wrong === 'string' ? nearest(wrong, TYPES)[0] : undefined
  return { wrong: describe(wrong), expected: meant === undefined ? `one of ${TYPES.join(', ')}` : `"${meant}"` }
}

/** Patterns are read with the flag `u`, as JSON Schema recommends. */
function checkPattern(pattern: unknown): UnplacedProblem | undefined {
  const expected = 'a regular expression, as ECMAScript writes it under the flag u'
  if (typeof pattern !== 'string') return { wrong: describe(pattern), expected }
  try {
    new RegExp(pattern, 'u')
    return undefined
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(': ').at(-1) : String(error)
    return { wrong: `${describe(pattern)} (${reason})`, expected }
  }
}

/** Only a near miss is wrong: an unknown format is not checked anywhere, so any other name may stand. */
function checkFormat(format: unknown): UnplacedProblem | undefined {
  if (typeof format !== 'string') return { wrong: describe(format), expected: 'the name of a format' }
  if (FORMATS.includes(format) || format.length < MIN_FORMAT_LENGTH || /\d$|^x-/.test(format)) return undefined
  const [meant] = nearest(format, FORMATS, MAX_SLIPS)
  if (meant === undefined) return undefined
  return {
    wrong: `${describe(format)}, which validators let pass`,
    expected: `"${meant}"`,
    advice: 'Begin a format of your own with "x-"',
  }
}
