import { existsSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { didYouMean } from '@wsrv/schema'
import { checkConfig } from '../config/check-config.ts'
import { CONFIG_FILE, type Config, type ContractsConfig, PLAIN_CONFIG_FILE } from '../config/config.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { Loader } from './loader.ts'

/** A contract of a config. */
export interface ContractConfig {
  /** What the config calls it; nothing where it holds one contract only. */
  readonly name: string | undefined
  readonly config: Config
}

/** A config with the folder that its paths are relative to. */
export interface Project {
  /** All of the config's, or the one that was asked for. */
  readonly contracts: readonly ContractConfig[]
  /** Absolute. */
  readonly root: string
  /** Path of the config file; absolute. */
  readonly path: string
}

/** A loaded config, or what is wrong with it. */
export type LoadedConfig = Project | { readonly diagnostics: readonly Diagnostic[] }

/** Which config, and what of it. */
export interface ConfigRequest {
  /** Path of the config file, relative to `cwd`. */
  readonly config: string
  readonly cwd: string
  /** Name of the one contract to work on; all when left out. */
  readonly contract?: string | undefined
}

/** The config file that a request means; absolute. The plain one is taken where the usual one is not there. */
export function findConfig({ config, cwd }: Pick<ConfigRequest, 'config' | 'cwd'>): string {
  const path = resolve(cwd, config)
  const plain = resolve(cwd, PLAIN_CONFIG_FILE)
  return config === CONFIG_FILE && !existsSync(path) && existsSync(plain) ? plain : path
}

/** Loads and checks the config file. */
export async function loadConfig({ config, cwd, contract }: ConfigRequest, loader: Loader): Promise<LoadedConfig> {
  const absolute = findConfig({ config, cwd })
  const stat = statSync(absolute, { throwIfNoEntry: false })
  if (!stat?.isFile()) {
    const wrong = stat === undefined ? 'there is no such file' : 'it is not a file'
    const advice = 'Expected a config file; `wsrv init` writes one, `--config <path>` names another one.'
    return { diagnostics: [{ file: config, message: `${wrong}. ${advice}` }] }
  }
  const root = dirname(absolute)
  const { modules, diagnostics } = await loader.load([absolute], root)
  const [module] = modules
  if (module === undefined) return { diagnostics }
  const value = unwrapDefault(module.exports)
  const file = basename(absolute)
  const wrong = checkConfig(file, value)
  if (wrong.length > 0) return { diagnostics: wrong }
  const contracts = listContracts(value as Config | ContractsConfig)
  const chosen = contracts.filter(({ name }) => contract === undefined || name === contract)
  if (chosen.length > 0) return { contracts: chosen, root, path: absolute }
  return { diagnostics: [{ file, message: noContract(contract, contracts) }] }
}

function listContracts(config: Config | ContractsConfig): readonly ContractConfig[] {
  if (!('contracts' in config)) return [{ name: undefined, config }]
  return Object.entries(config.contracts).map(([name, one]) => ({ name, config: one }))
}

function noContract(asked = '', contracts: readonly ContractConfig[]): string {
  const names = contracts.flatMap(({ name }) => name ?? [])
  if (names.length === 0) return `there is no contract "${asked}": it holds one, without a name. Leave --contract out.`
  return `there is no contract "${asked}".${didYouMean(asked, names) || ` Expected one of ${names.join(', ')}.`}`
}

/** A default export; in a folder that is not of type "module", it is wrapped once more. */
function unwrapDefault(exports: Readonly<Record<string, unknown>>): unknown {
  const value = exports['default']
  return typeof value === 'object' && value !== null && 'default' in value ? value.default : value
}
