import { once } from 'node:events'
import { resolve } from 'node:path'
import { watch as watchPaths } from 'chokidar'
import type { Diagnostic } from '../diagnostic.ts'
import { type ConfigRequest, findConfig, type LoadedConfig, loadConfig } from '../load/load-config.ts'
import { globBase } from '../load/load-schema.ts'
import type { Loader } from '../load/loader.ts'
import { Memo } from '../memo.ts'
import { generateProject, type Outcome } from './generate-project.ts'

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

/** What a watch reports, run after run. */
export interface WatchListener {
  /** The config is wrong; nothing was generated. */
  onWrongConfig(diagnostics: readonly Diagnostic[]): void
  onOutcome(outcome: Outcome): void
  /** Handlers that do not fit any more, and after a change of the config files left behind; comes after each outcome. */
  onChecked(warnings: readonly Diagnostic[]): void
  /** A run failed for a reason that no diagnostic covers. The watch goes on. */
  onError(error: unknown): void
}

/**
 * Generates, and again after every change of the config or of a schema file, or of what those import.
 *
 * An error leaves the last good output as it is. Resolves after the first run.
 */
export async function watchProject(request: ConfigRequest, loader: Loader, listener: WatchListener): Promise<Watch> {
  const configPath = findConfig(request)
  const memo = new Memo()
  const load = (): Promise<LoadedConfig> => loadConfig(request, loader)
  let loaded: LoadedConfig | undefined = await load()
  let isFirst = true
  // What changes from here on is seen, also while the first run is under way.
  const watched = new Set([configPath, ...schemaFolders(loaded)])
  const watcher = watchPaths([...watched], { ignoreInitial: true, ignored: /node_modules/ })
  await once(watcher, 'ready')
  // Only what is new: a path added again is scanned again, and a change during the scan passes for its first state.
  const watchAlso = (paths: readonly string[]): void => {
    const unseen = paths.filter((path) => !watched.has(path))
    for (const path of unseen) watched.add(path)
    if (unseen.length > 0) watcher.add(unseen)
  }
  const run = async (): Promise<void> => {
    const isFresh = loaded === undefined || isFirst
    isFirst = false
    loaded ??= await load()
    if ('diagnostics' in loaded) return listener.onWrongConfig(loaded.diagnostics)
    watchAlso(schemaFolders(loaded))
    const outcome = await generateProject(loaded, { loader, check: false, memo })
    listener.onOutcome(outcome)
    watchAlso(outcome.imports)
    // Only a new config leaves files behind.
    const orphans = isFresh && request.contract === undefined ? outcome.findOrphans() : []
    listener.onChecked([...(await outcome.checkHandlers()), ...orphans])
  }

  let timer: NodeJS.Timeout | undefined
  let running = run()
  watcher.on('all', (_event, path) => {
    if (resolve(path) === configPath) loaded = undefined
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(run).catch((error: unknown) => listener.onError(error))
    }, QUIET_MS)
  })
  await running
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
