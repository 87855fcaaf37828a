import { describe } from '@wsrv/protocol'

/** Says what is wrong with the option `client`: a path, a client, or several. */
export function checkClients(place: string, value: unknown): readonly string[] {
  if (!Array.isArray(value)) return checkClient(place, value)
  return value.flatMap((one: unknown, index) => {
    if (one === undefined || typeof one === 'string') return [`${place}[${index}] is ${describe(one)}. ${EXPECTED}`]
    return checkClient(`${place}[${index}]`, one)
  })
}

const EXPECTED = "Expected { path: 'web/client.ts', include: ['chat.*'] }."
const KEYS: readonly string[] = ['path', 'include', 'exclude']

function checkClient(place: string, value: unknown): readonly string[] {
  if (!isObject(value)) return checkFile(place, value)
  const { path, include, exclude } = value
  const unknown = Object.keys(value).filter((key) => !KEYS.includes(key))
  return [
    ...unknown.map((key) => `"${place}.${key}" is not an option. Expected one of ${KEYS.join(', ')}.`),
    ...(path === undefined ? [`${place} has no path. ${EXPECTED}`] : checkFile(`${place}.path`, path)),
    ...checkPatterns(`${place}.include`, include),
    ...checkPatterns(`${place}.exclude`, exclude),
  ]
}

function checkPatterns(place: string, value: unknown): readonly string[] {
  if (value === undefined) return []
  const isPattern = (one: unknown): boolean => typeof one === 'string' && one !== ''
  if (Array.isArray(value) && value.length > 0 && value.every(isPattern)) return []
  return [`${place} is ${describe(value)}. Expected names of commands and pushes, or patterns: ['login', 'chat.*'].`]
}

/** Says what is wrong with the path of a generated file. */
export function checkFile(place: string, path: unknown): readonly string[] {
  const wrong = checkPath(place, path)
  if (wrong.length > 0 || path === undefined || /[^/]\.m?ts$/.test(String(path))) return wrong
  return [`${place} is ${describe(path)}. Expected the path of a TypeScript file, ending in ".ts".`]
}

/** Says what is wrong with a path below the config's folder, or beside it. */
export function checkPath(place: string, path: unknown): readonly string[] {
  if (path === undefined) return []
  const isText = typeof path === 'string' && path.trim() !== ''
  if (isText && !/^\/|^[a-z]:|\\/i.test(path)) return []
  return [`${place} is ${describe(path)}. Expected a path relative to the config's folder, with "/".`]
}

/** Options that nothing is known of yet. */
export type Options = Readonly<Record<string, unknown>>

/** Whether a value may have options: an array has none. */
export function isObject(value: unknown): value is Options {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
