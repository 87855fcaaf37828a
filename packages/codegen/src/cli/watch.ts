import { once } from 'node:events'
import { resolve } from 'node:path'
import { watch as watchPaths } from 'chokidar'
import { type ConfigRequest, type LoadedConfig, loadConfig } from '../load/load-config.ts'
import { globBase } from '../load/load-schema.ts'
import type { Loader } from '../load/loader.ts'
import { generateProject } from './cli-codegen.ts'
import { type Output, printProblems, printWarnings } from './cli-output.ts'
import { printReport } from './cli-report.ts'

/**
 * Quiet after a change before the generator runs, in ms: editors save in several steps. More than the 50 ms for which
 * the watcher keeps a file's further changes to itself, or one of those would never be seen.
 */
const QUIET_MS = 60

/** A running watch. */
export interface Watch {
  /** Stops watching; a run under way ends first. */
  close(): Promise<void>
}

/**
 * Generates, and again after every change of the config or of a schema file, or of what those import.
 *
 * An error is printed and leaves the last good output as it is.
 */
export async function watchCodegen(request: ConfigRequest, loader: Loader, output: Output): Promise<Watch> {
  const configPath = resolve(request.cwd, request.config)
  const load = (): Promise<LoadedConfig> => loadConfig(request, loader)
  let loaded: LoadedConfig | undefined = await load()
  // What changes from here on is seen, also while the first run is under way.
  const watched = new Set([configPath, ...schemaFolders(loaded)])
  const watcher = watchPaths([...watched], { ignoreInitial: true, ignored: /node_modules/ })
  await once(watcher, 'ready')
  // Only what is new: a path added again is looked at afresh, and a change in that moment passes for its first state.
  const watchAlso = (paths: readonly string[]): void => {
    const fresh = paths.filter((path) => !watched.has(path))
    for (const path of fresh) watched.add(path)
    if (fresh.length > 0) watcher.add(fresh)
  }
  const run = async (): Promise<void> => {
    loaded ??= await load()
    if ('diagnostics' in loaded) return printProblems(output, loaded.diagnostics)
    watchAlso(schemaFolders(loaded))
    const { report, imports, checkHandlers } = await generateProject(loaded, { loader, check: false })
    printReport(output, report)
    watchAlso(imports)
    printWarnings(output, await checkHandlers())
  }

  let timer: NodeJS.Timeout | undefined
  let running = run()
  watcher.on('all', (_event, path) => {
    if (resolve(path) === configPath) loaded = undefined
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(run).catch((error: unknown) => output.error(messageOf(error)))
    }, QUIET_MS)
  })
  await running
  output.info(output.colors.dim('watching for changes'))
  return {
    close: async () => {
      clearTimeout(timer)
      await watcher.close()
      await running
    },
  }
}

function schemaFolders(loaded: LoadedConfig): readonly string[] {
  if ('diagnostics' in loaded) return []
  const globs = loaded.contracts.flatMap(({ config }) => config.schema)
  return globs.map((glob) => resolve(loaded.root, globBase(glob)))
}

function messageOf(error: unknown): string {
  return `wsrv: ${error instanceof Error ? error.message : String(error)}`
}
