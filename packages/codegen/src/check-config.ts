import { describe } from '@wsrv/protocol'
import type { Config } from './config.ts'
import type { Diagnostic } from './diagnostic.ts'

/** Says what is wrong with what a config file exports; nothing when it is a {@link Config}. */
export function checkConfig(file: string, value: unknown): readonly Diagnostic[] {
  if (typeof value !== 'object' || value === null) {
    const message = `the default export is ${describe(value)}. Expected defineConfig({ schema: 'schema/**/*.ts', … }).`
    return [{ file, message }]
  }
  const config = value as Readonly<Record<string, unknown>>
  const unknown = Object.keys(config).filter((key) => !KEYS.includes(key))
  return [
    ...unknown.map((key) => ({ file, message: `"${key}" is not an option. Expected one of ${KEYS.join(', ')}.` })),
    ...checkGlobs(file, config['schema']),
    ...PATHS.flatMap((key) => checkPath(file, key, config[key])),
    ...TEXTS.flatMap((key) => checkText(file, key, config[key])),
    ...checkEmitters(file, config['emitters']),
    ...checkAllow(file, config['allow']),
    ...checkOutputs(file, config),
  ]
}

const PATHS: readonly (keyof Config)[] = ['client', 'server', 'handlers', 'docs']
const TEXTS: readonly (keyof Config)[] = ['title', 'version']
const KEYS: readonly string[] = ['schema', ...PATHS, ...TEXTS, 'emitters', 'allow']

function checkGlobs(file: string, schema: unknown): readonly Diagnostic[] {
  const globs = Array.isArray(schema) ? schema : [schema]
  if (globs.length > 0 && globs.every((glob) => typeof glob === 'string' && glob !== '')) return []
  const got = Array.isArray(schema) ? 'an array of other things' : describe(schema)
  return [{ file, message: `schema is ${got}. Expected a glob such as 'schema/**/*.ts', or several.` }]
}

function checkPath(file: string, key: string, path: unknown): readonly Diagnostic[] {
  if (path === undefined || (typeof path === 'string' && path !== '' && !path.startsWith('/'))) return []
  return [{ file, message: `${key} is ${describe(path)}. Expected a path relative to the config's folder.` }]
}

function checkText(file: string, key: string, text: unknown): readonly Diagnostic[] {
  if (text === undefined || (typeof text === 'string' && text.trim() !== '')) return []
  return [{ file, message: `${key} is ${describe(text)}. Expected a text.` }]
}

function checkEmitters(file: string, emitters: unknown = []): readonly Diagnostic[] {
  const isEmitter = (one: unknown): boolean =>
    typeof one === 'object' && one !== null && 'emit' in one && typeof one.emit === 'function'
  if (Array.isArray(emitters) && emitters.every(isEmitter)) return []
  return [{ file, message: 'emitters has something without emit. Expected [{ name, emit: (model) => files }, …].' }]
}

function checkAllow(file: string, allow: unknown = {}): readonly Diagnostic[] {
  const reasons = typeof allow === 'object' && allow !== null ? Object.values(allow) : [undefined]
  if (reasons.every((reason) => typeof reason === 'string' && reason.trim() !== '')) return []
  return [{ file, message: "allow has a change without a reason. Expected { 'name#/of/change': 'reason', … }." }]
}

function checkOutputs(
  file: string,
  { client, server, handlers, docs, emitters }: Readonly<Record<string, unknown>>,
): readonly Diagnostic[] {
  if ([client, server, docs, emitters].every((output) => output === undefined)) {
    return [
      { file, message: "there is nothing to generate. Expected client, server or docs: 'src/generated/client.ts'." },
    ]
  }
  if (handlers === undefined || server !== undefined) return []
  return [{ file, message: "handlers is given without server. Expected server: 'src/generated/server.ts'." }]
}
