import { readFile } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { BuildOptions, Metafile, OnResolveResult, Plugin, ResolveResult } from 'esbuild'
import { guardLoad } from './guard-load.ts'
import { BUNDLE, type Exports, evaluateWith, KEPT, keepModules, redirect } from './kept-modules.ts'

/** Modules that were loaded together. */
export interface Bundle {
  /** What they export, by absolute path. */
  readonly modules: ReadonlyMap<string, Exports>
  /** Text of every file that was read for it, by absolute path; installed packages left out. */
  readonly texts: ReadonlyMap<string, string>
  /** The files among them that another one imports. */
  readonly imported: ReadonlySet<string>
}

/** What a bundle is made beside. */
export interface BundleContext {
  /** The project's folder; absolute. */
  readonly root: string
  /** Modules that are loaded already, by absolute path: importers get the same instance. */
  readonly kept: ReadonlyMap<string, Exports>
}

/**
 * Loads modules as one bundle: what the project wrote is compiled together, what it installed is imported as it is, once a
 * process. A contract of 1,000 commands loads in a fifth of the time that it takes file by file.
 *
 * @returns nothing when anything goes wrong, or when a module asks where it is: file by file then shows what and where.
 */
export async function bundleModules(
  paths: readonly string[],
  { root, kept }: BundleContext,
): Promise<Bundle | undefined> {
  const texts = new Map<string, string>()
  try {
    const { build } = await import('esbuild')
    const outside = new Map(kept)
    const used = new Map<string, Exports>()
    const plugins = [keepModules(outside, used), noteTexts(texts), leaveInstalled(outside)]
    const { outputFiles, metafile } = await build(optionsFor(paths, root, plugins))
    const [output] = outputFiles
    if (output === undefined || ASKS_WHERE.test(output.text)) return undefined
    const evaluate = async (): Promise<unknown> => evaluateWith(used, output.text)
    const { modules } = (await guardLoad(evaluate)) as { modules: readonly Exports[] }
    return {
      modules: new Map(paths.map((path, index) => [path, modules[index] ?? {}])),
      texts,
      imported: findImported(metafile, root),
    }
  } catch {
    return undefined
  }
}

/** What means something else in a bundle than in the file where it stands. */
const ASKS_WHERE = /\bimport_meta\b|\b__(?:dir|file)name\b|\brequire\b|\bimport\(/

const ENTRY = '<stdin>'

function optionsFor(paths: readonly string[], root: string, plugins: Plugin[]) {
  const imports = paths.map((path, index) => `import * as m${index} from ${JSON.stringify(path)}`)
  const list = `export const modules = [${paths.map((_, index) => `m${index}`).join(', ')}]`
  return {
    stdin: { contents: [...imports, list].join('\n'), resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    format: 'iife',
    globalName: BUNDLE,
    platform: 'node',
    target: 'node20',
    // Less to compile for Node.
    minifyWhitespace: true,
    // Node's own, without the `module` that bundlers add.
    conditions: [],
    logLevel: 'silent',
    plugins,
  } satisfies BuildOptions
}

/** Remembers what each file of the project said when it was compiled. */
function noteTexts(texts: Map<string, string>): Plugin {
  return {
    name: 'texts',
    setup: ({ onLoad }) => {
      onLoad({ filter: /\.([cm]?[jt]s|json)$/, namespace: 'file' }, async ({ path }) => {
        const contents = await readFile(path, 'utf8')
        texts.set(path, contents)
        return { contents, loader: 'default' }
      })
    },
  }
}

/** Leaves installed packages out, and imports each once per process, from where its importer finds it. */
function leaveInstalled(outside: Map<string, Exports>): Plugin {
  const known = new Map<string, Promise<OnResolveResult>>()
  return {
    name: 'installed',
    setup: ({ onResolve, resolve }) => {
      onResolve({ filter: /^[^./]/ }, ({ path, importer, resolveDir, kind, pluginData }) => {
        if (pluginData === SEEN) return undefined
        const key = `${kind} ${path} ${resolveDir}`
        const found =
          known.get(key) ??
          (path.startsWith('node:')
            ? importOutside(path, path, outside)
            : resolve(path, { importer, resolveDir, kind, pluginData: SEEN }).then((one) => leave(one, outside)))
        known.set(key, found)
        return found
      })
    },
  }
}

const SEEN = Symbol('already resolved')

function leave(found: ResolveResult, outside: Map<string, Exports>): Promise<OnResolveResult> | OnResolveResult {
  if (found.errors.length > 0) return found
  if (found.external) return importOutside(found.path, found.path, outside)
  if (!/[\\/]node_modules[\\/]/.test(found.path)) return redirect(found, outside)
  return importOutside(found.path, pathToFileURL(found.path).href, outside)
}

async function importOutside(path: string, url: string, outside: Map<string, Exports>): Promise<OnResolveResult> {
  if (!outside.has(path)) outside.set(path, (await import(url)) as Exports)
  return { path, namespace: KEPT }
}

function findImported({ inputs }: Metafile, root: string): ReadonlySet<string> {
  const imports = Object.entries(inputs).flatMap(([input, { imports }]) => (input === ENTRY ? [] : imports))
  return new Set(imports.filter(({ external }) => external !== true).map(({ path }) => toPath(path, root)))
}

function toPath(input: string, root: string): string {
  if (input.startsWith(`${KEPT}:`)) return input.slice(KEPT.length + 1)
  return fileURLToPath(new URL(input, `${pathToFileURL(root).href}/`))
}
