import { describe } from '@wsrv/protocol'
import { isObject } from './check-client.ts'

const EXPECTED =
  "Expected { production: 'wss://api.example.org/ws' }, or { url, description, auth } in place of the URL."
const KEYS: readonly string[] = ['url', 'description', 'auth']
const NAME = /^[\w-]+$/

/** Says what is wrong with the option `servers`: URLs by name, or those with a description and what to present. */
export function checkServers(place: string, value: unknown): readonly string[] {
  if (value === undefined) return []
  if (!isObject(value) || Object.keys(value).length === 0) return [`${place} is ${describe(value)}. ${EXPECTED}`]
  return Object.entries(value).flatMap(([name, one]) => {
    if (!NAME.test(name)) return [`${place} has the name "${name}". Expected letters, digits, "-" or "_".`]
    return checkServer(`${place}.${name}`, one)
  })
}

function checkServer(place: string, value: unknown): readonly string[] {
  if (!isObject(value)) return checkUrl(place, value)
  const unknown = Object.keys(value).filter((key) => !KEYS.includes(key))
  const wrong = KEYS.slice(1).filter((key) => !['undefined', 'string'].includes(typeof value[key]))
  return [
    ...unknown.map((key) => `"${place}.${key}" is not an option. Expected one of ${KEYS.join(', ')}.`),
    ...checkUrl(`${place}.url`, value['url']),
    ...wrong.map((key) => `${place}.${key} is ${describe(value[key])}. Expected a text.`),
  ]
}

function checkUrl(place: string, value: unknown): readonly string[] {
  const isUrl = typeof value === 'string' && URL.canParse(value) && /^wss?:$/.test(new URL(value).protocol)
  return isUrl ? [] : [`${place} is ${describe(value)}. Expected a URL that begins with "ws://" or "wss://".`]
}
