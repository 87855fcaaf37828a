import type { CommandDefinition, CommandSpec } from '../command.ts'
import { KEYWORDS } from '../json-schema.ts'
import type { UnplacedProblem } from '../problem.ts'
import type { PushDefinition, PushSpec } from '../push.ts'
import { nearest } from './nearest.ts'

/** Keywords of JSON Schema (draft 2020-12, with what older drafts and OpenAPI add) beside those that hold schemas. */
const PLAIN = [
  ...['type', 'enum', 'const', 'format', 'pattern', 'required', 'nullable', 'discriminator', 'dependentRequired'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minContains', 'maxContains', 'minProperties', 'maxProperties'],
  ...['title', 'description', 'default', 'example', 'examples', 'deprecated', 'readOnly', 'writeOnly'],
  ...['contentEncoding', 'contentMediaType', 'contentSchema', 'additionalItems', 'dependencies'],
  ...['$ref', '$anchor', '$dynamicRef', '$dynamicAnchor', '$vocabulary'],
]
const KNOWN: ReadonlySet<string> = new Set([...KEYWORDS.keys(), ...PLAIN])

/** Shorter words come near each other by accident. */
const MIN_LENGTH = 6

/** A keyword's slip of the pen: two letters exchanged, or two wrong. */
const MAX_SLIPS = 2

/** The keyword that one which JSON Schema does not know was meant for; nothing where it is the author's own. */
export function findMisspelt(keyword: string): string | undefined {
  if (KNOWN.has(keyword) || keyword.length < MIN_LENGTH || /^[~x$]/.test(keyword)) return undefined
  return nearest(keyword, [...KNOWN], MAX_SLIPS)[0]
}

const COMMAND_OPTIONS: Readonly<Record<keyof CommandSpec, true>> = {
  description: true,
  cmd: true,
  renamedFrom: true,
  request: true,
  params: true,
  response: true,
  stream: true,
  errors: true,
  idempotent: true,
  timeoutMs: true,
  rateLimit: true,
  deprecated: true,
}
const PUSH_OPTIONS: Readonly<Record<keyof PushSpec, true>> = {
  description: true,
  cmd: true,
  data: true,
  whenSlow: true,
  coalesceBy: true,
  snapshot: true,
  deprecated: true,
}

/** By `checkRenames`, which says why a push has none. */
const TOLD_ELSEWHERE = ['renamedFrom']

/** Options that `command()` or `push()` does not have: types refuse them, a cast or plain JavaScript lets them pass. */
export function checkOptions({ kind, spec }: CommandDefinition | PushDefinition): readonly UnplacedProblem[] {
  const options = Object.keys(kind === 'command' ? COMMAND_OPTIONS : PUSH_OPTIONS)
  return Object.keys(spec)
    .filter((option) => !options.includes(option) && !TOLD_ELSEWHERE.includes(option))
    .map((option) => {
      const wrong = `"${option}" is not an option of ${kind}()`
      const [meant] = nearest(option, options)
      return { wrong, expected: meant === undefined ? `one of ${options.join(', ')}` : `"${meant}"` }
    })
}
