import { randomUUID } from 'node:crypto'
import { relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Diagnostic } from '../diagnostic.ts'
import { BundleLoader } from './bundle-loader.ts'
import { guardLoad } from './guard-load.ts'
import { toLoadProblem } from './load-problem.ts'
import type { Loaded, LoadedModule, Loader } from './loader.ts'

/**
 * Loads modules of TypeScript: as one bundle where that does, which is fast; else with tsx, file by file, which knows what
 * went wrong where.
 */
export function createTsxLoader(): Loader {
  const bundles = new BundleLoader()
  return { load: async (paths, root) => (await bundles.load(paths, root)) ?? (await loadEach(paths, root)) }
}

/** Each load in a namespace of its own, so that nothing of an earlier one is left in caches. */
async function loadEach(paths: readonly string[], root: string): Promise<Loaded> {
  const { register } = await import('tsx/esm/api')
  const imports = new Set<string>()
  const onImport = (url: string): void => {
    if (url.startsWith('file:') && !url.includes('/node_modules/')) imports.add(fileURLToPath(url))
  }
  const scope = register({ namespace: randomUUID(), onImport })
  const rootUrl = pathToFileURL(root).href
  try {
    const loaded = await loadAll(paths, root, (path) => scope.import(pathToFileURL(path).href, rootUrl))
    return { ...loaded, imports: [...imports] }
  } finally {
    await scope.unregister()
  }
}

async function loadAll(
  paths: readonly string[],
  root: string,
  importModule: (path: string) => Promise<Readonly<Record<string, unknown>>>,
): Promise<Omit<Loaded, 'imports'>> {
  const modules: LoadedModule[] = []
  const diagnostics: Diagnostic[] = []
  for (const path of paths) {
    const file = toFile(path, root)
    try {
      modules.push({ file, exports: await guardLoad(() => importModule(path)) })
    } catch (error) {
      diagnostics.push(toLoadProblem(error, path, root))
    }
  }
  return { modules, diagnostics: dedupe(diagnostics) }
}

/** A file that several others import fails once for each. */
function dedupe(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [JSON.stringify(one), one])).values()]
}

function toFile(path: string, root: string): string {
  return relative(root, path).replaceAll('\\', '/')
}
