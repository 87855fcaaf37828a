import { type Contract, type JsonSchema, typeNameOf } from '@wsrv/schema'
import { findCommand } from '../client/connection.ts'
import { fieldOfFlag, flagOf, type RequestFields, requestFields } from '../client/request-fields.ts'
import { splitWords } from '../client/words.ts'

/** What a word may become. */
export interface Candidate {
  readonly value: string
  readonly description: string
}

/**
 * What a word of a call may become: a command, then a flag or a value that the contract lists.
 *
 * @param before the words in front of it: the command, then parameters and flags.
 */
export function completeCall(before: readonly string[], word: string, contract: Contract): readonly Candidate[] {
  const [cmd, ...given] = before
  return starting(word, cmd === undefined ? commandsOf(contract) : wordsOf(cmd, { given, word, contract }))
}

/** Those that a word is the beginning of. */
export function starting(word: string, candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.filter(({ value }) => value.startsWith(word))
}

function commandsOf({ commands }: Contract): readonly Candidate[] {
  return commands.map(({ cmd, description = '' }) => ({ value: cmd, description }))
}

interface Site {
  readonly given: readonly string[]
  readonly word: string
  readonly contract: Contract
}

function wordsOf(cmd: string, { given, word, contract }: Site): readonly Candidate[] {
  const command = findCommand(contract, cmd)
  if (command === undefined) return []
  const { types } = contract
  const fields = requestFields(command, types)
  const last = given.at(-1) ?? ''
  const field =
    last.startsWith('--') && !last.includes('=') ? fields.get(fieldOfFlag(last.slice(2), fields) ?? '') : undefined
  if (field !== undefined && resolve(field.schema, types).type !== 'boolean') return valuesOf(field.schema, types)
  if (word.startsWith('-')) return flagsOf(fields, given)
  const { positionals } = splitWords(given, () => false)
  const param = fields.get(command.params?.[positionals.length] ?? '')
  return param === undefined ? flagsOf(fields, given) : valuesOf(param.schema, types)
}

/** Flags that were not given yet; those of a list may be given again. */
function flagsOf(fields: RequestFields, given: readonly string[]): readonly Candidate[] {
  return [...fields].flatMap(([name, { schema }]) => {
    const { type, description = '' } = schema as Keywords
    const value = `--${flagOf(name)}`
    return given.includes(value) && type !== 'array' ? [] : [{ value, description }]
  })
}

interface Keywords {
  readonly $ref?: string
  readonly type?: unknown
  readonly description?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
}

function valuesOf(schema: JsonSchema, types: Contract['types']): readonly Candidate[] {
  const { type, enum: listed = [], anyOf = [], ...others } = resolve(schema, types)
  if (type === 'boolean') return ['true', 'false'].map((value) => ({ value, description: '' }))
  const alone = 'const' in others ? [others.const] : []
  const values = [...listed, ...alone].filter((value) => typeof value !== 'object')
  return [
    ...values.map((value) => ({ value: String(value), description: others.description ?? '' })),
    ...anyOf.flatMap((one) => valuesOf(one, types)),
  ]
}

/** A schema, its reference followed. */
function resolve(schema: JsonSchema, types: Contract['types']): Keywords {
  const { $ref } = schema as Keywords
  const target = $ref === undefined ? undefined : types[typeNameOf($ref)]
  return target === undefined ? (schema as Keywords) : resolve(target, types)
}
