import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { checkConfig } from './check-config.ts'
import type { Config } from './config.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Loader } from './loader.ts'

/** Name of the config file that is looked for. */
export const CONFIG_FILE = 'wsrv.config.ts'

/** A config with the folder that its paths are relative to; or what is wrong with it. */
export type LoadedConfig =
  | { readonly config: Config; readonly root: string; readonly path: string }
  | { readonly diagnostics: readonly Diagnostic[] }

/** Loads and checks the config file. */
export async function loadConfig(path: string, cwd: string, loader: Loader): Promise<LoadedConfig> {
  const absolute = resolve(cwd, path)
  if (!existsSync(absolute)) {
    const advice = `Expected a config file; \`--config <path>\` names another one.`
    return { diagnostics: [{ file: path, message: `there is no such file. ${advice}` }] }
  }
  const root = dirname(absolute)
  const { modules, diagnostics } = await loader.load([absolute], root)
  const [module] = modules
  if (module === undefined) return { diagnostics }
  const value = unwrapDefault(module.exports)
  const wrong = checkConfig(basename(absolute), value)
  return wrong.length > 0 ? { diagnostics: wrong } : { config: value as Config, root, path: absolute }
}

/** A default export; in a folder that is not of type "module", it is wrapped once more. */
function unwrapDefault(exports: Readonly<Record<string, unknown>>): unknown {
  const value = exports['default']
  return typeof value === 'object' && value !== null && 'default' in value ? value.default : value
}
