import { describe } from '@wsrv/protocol'
import { didYouMean } from '@wsrv/schema'
import type { Diagnostic } from '../diagnostic.ts'
import { checkAllow } from './allowed-change.ts'
import { checkClients, checkFile, checkPath, isObject, type Options } from './check-client.ts'
import { checkServers } from './check-servers.ts'
import { claimOutputs } from './claim-outputs.ts'
import type { Config, ContractsConfig } from './config.ts'

/**
 * Says what is wrong with what a config file exports; nothing when it is a {@link Config} or a {@link ContractsConfig}.
 *
 * @param file how the config file is named in what is said.
 */
export function checkConfig(file: string, value: unknown): readonly Diagnostic[] {
  return listWrongs(value).map((message) => ({ file, message }))
}

function listWrongs(value: unknown): readonly string[] {
  if (!isObject(value)) {
    return [`the default export is ${describe(value)}. Expected defineConfig({ schema: 'schema/**/*.ts', … }).`]
  }
  const wrongs = 'contracts' in value ? checkContracts(value) : checkContract(value, '')
  return wrongs.length > 0 ? wrongs : checkClaims(value as unknown as Config | ContractsConfig)
}

const NAME = /^[a-z][\w-]*$/i

function checkContracts({ contracts, ...rest }: Options): readonly string[] {
  const beside = Object.keys(rest).map((key) => {
    return `"${key}" stands beside contracts. Expected it inside each of them: { contracts: { shop: { ${key}: … } } }.`
  })
  if (!isObject(contracts)) return [...beside, `contracts is ${describe(contracts)}. Expected ${CONTRACTS}.`]
  if (Object.keys(contracts).length === 0) return [...beside, `contracts is empty. Expected ${CONTRACTS}.`]
  const wrongs = Object.entries(contracts).flatMap(([name, config]): readonly string[] => {
    if (!NAME.test(name)) {
      return [`contracts has the name "${name}". Expected a letter followed by letters, digits, "-" or "_".`]
    }
    const place = `contracts.${name}`
    return isObject(config)
      ? checkContract(config, `${place}.`)
      : [`${place} is ${describe(config)}. Expected { schema: 'schema/**/*.ts', … }.`]
  })
  return [...beside, ...wrongs]
}

const CONTRACTS = "{ shop: { schema: 'shop/**/*.ts', … }, … }"

const FILES: readonly (keyof Config)[] = ['server']
const FOLDERS: readonly (keyof Config)[] = ['handlers', 'docs']
const TEXTS: readonly (keyof Config)[] = ['title', 'version']
const SWITCHES: readonly (keyof Config)[] = ['isolatedDeclarations', 'foreignServer']
const KEYS: readonly string[] = [
  'schema',
  'client',
  ...FILES,
  ...FOLDERS,
  ...TEXTS,
  'servers',
  'importExtension',
  ...SWITCHES,
  'emitters',
  'allow',
  'allowPatterns',
]

/** @param at put before an option's name: `contracts.shop.`. */
function checkContract(config: Options, at: string): readonly string[] {
  return [
    ...Object.keys(config).flatMap((key) => checkKey(at, key)),
    ...checkGlobs(`${at}schema`, config['schema']),
    ...checkClients(`${at}client`, config['client']),
    ...FILES.flatMap((key) => checkFile(`${at}${key}`, config[key])),
    ...FOLDERS.flatMap((key) => checkPath(`${at}${key}`, config[key])),
    ...TEXTS.flatMap((key) => checkText(`${at}${key}`, config[key])),
    ...checkServers(`${at}servers`, config['servers']),
    ...checkExtension(`${at}importExtension`, config['importExtension']),
    ...SWITCHES.flatMap((key) => checkSwitch(`${at}${key}`, config[key])),
    ...checkEmitters(`${at}emitters`, config['emitters']),
    ...checkAllow(`${at}allow`, config['allow']),
    ...checkPatterns(`${at}allowPatterns`, config['allowPatterns']),
    ...checkOutputs(at, config),
  ]
}

function checkKey(at: string, key: string): readonly string[] {
  if (KEYS.includes(key)) return []
  const advice = didYouMean(key, KEYS) || ` Expected one of ${KEYS.join(', ')}.`
  return [`"${at}${key}" is not an option.${advice}`]
}

function checkGlobs(place: string, schema: unknown): readonly string[] {
  const globs = Array.isArray(schema) ? schema : [schema]
  const isGlob = (glob: unknown): boolean => typeof glob === 'string' && glob !== ''
  if (globs.length > 0 && globs.every(isGlob)) return []
  const wrong = globs.find((glob) => !isGlob(glob))
  const got = Array.isArray(schema)
    ? `an array with ${globs.length === 0 ? 'nothing' : describe(wrong)}`
    : describe(schema)
  return [`${place} is ${got}. Expected a glob such as 'schema/**/*.ts', or several.`]
}

function checkText(place: string, text: unknown): readonly string[] {
  if (text === undefined || (typeof text === 'string' && text.trim() !== '')) return []
  return [`${place} is ${describe(text)}. Expected a text.`]
}

const IMPORT_EXTENSIONS: readonly unknown[] = ['ts', 'js', 'none'] satisfies Config['importExtension'][]

function checkExtension(place: string, value: unknown = 'ts'): readonly string[] {
  return IMPORT_EXTENSIONS.includes(value) ? [] : [`${place} is ${describe(value)}. Expected 'ts', 'js' or 'none'.`]
}

function checkSwitch(place: string, value: unknown): readonly string[] {
  return value === undefined || typeof value === 'boolean'
    ? []
    : [`${place} is ${describe(value)}. Expected true or false.`]
}

function checkEmitters(place: string, emitters: unknown = []): readonly string[] {
  const expected = 'Expected [{ name, emit: (model) => files }, …].'
  if (!Array.isArray(emitters)) return [`${place} is ${describe(emitters)}. ${expected}`]
  const isEmitter = (one: unknown): boolean =>
    isObject(one) && typeof one['name'] === 'string' && typeof one['emit'] === 'function'
  return emitters.flatMap((one, index) =>
    isEmitter(one) ? [] : [`${place}[${index}] is not an object with name and emit. ${expected}`],
  )
}

function checkPatterns(place: string, patterns: unknown = {}): readonly string[] {
  const expected = "Expected { '^pattern$': 'reason', … }."
  if (!isObject(patterns)) return [`${place} is ${describe(patterns)}. ${expected}`]
  return Object.entries(patterns).flatMap(([pattern, reason]) =>
    typeof reason === 'string' && reason.trim() !== ''
      ? []
      : [`${place} has "${pattern}" without a reason. ${expected}`],
  )
}

function checkOutputs(at: string, options: Options): readonly string[] {
  const { client, server, handlers, docs, emitters, foreignServer } = options
  if ([client, server, docs, emitters].every((output) => output === undefined)) {
    const where = at === '' ? '' : ` for ${at.slice(0, -1)}`
    return [`there is nothing to generate${where}. Expected client, server or docs: 'src/generated/client.ts'.`]
  }
  if (foreignServer === true && server !== undefined) {
    return [`${at}foreignServer is true, and ${at}server is given. Expected one of them.`]
  }
  if (handlers === undefined || server !== undefined) return []
  return [`${at}handlers is given without server. Expected server: 'src/generated/server.ts'.`]
}

/** Options that make the generator write the same file, both named. */
function checkClaims(config: Config | ContractsConfig): readonly string[] {
  const contracts: readonly (readonly [string, Config])[] =
    'contracts' in config
      ? Object.entries(config.contracts).map(([name, one]) => [`contracts.${name}.`, one] as const)
      : [['', config]]
  const owners = new Map<string, string>()
  const wrongs = new Map<string, string>()
  for (const [at, one] of contracts) {
    for (const { path, option } of claimOutputs(one)) {
      const owner = owners.get(path)
      const pair = `${owner} ${at}${option}`
      if (owner === undefined) owners.set(path, `${at}${option}`)
      else if (!wrongs.has(pair))
        wrongs.set(pair, `${at}${option} writes ${path}, which ${owner} writes too. Expected a separate file for each.`)
    }
  }
  return [...wrongs.values()]
}
