import { describe } from '@wsrv/protocol'
import type { GivenWords, ReadRequest } from './read-request.ts'
import { parseJson } from './read-value.ts'
import { splitWords } from './words.ts'

/** Makes data of words without a contract: each flag is a property, its value JSON where it can be, else text. */
export function readRawRequest({ words, json }: GivenWords): ReadRequest {
  const data = json === undefined ? {} : parseJson(json)
  const { positionals, flags } = splitWords(words, () => false)
  const problems = positionals.map((word) => `${describe(word)} needs a contract to say what it is: use a flag.`)
  if (data === undefined) problems.push(`--data must be JSON, got ${describe(json)}.`)
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data)
  if (data !== undefined && !isObject && flags.length > 0)
    problems.push('Flags can be set in an object only: --data is not one.')
  if (problems.length > 0) return { problems }
  const properties = flags.map(({ name, value = 'true' }) => [name, parseJson(value) ?? value] as const)
  return { data: isObject ? { ...data, ...Object.fromEntries(properties) } : data }
}
