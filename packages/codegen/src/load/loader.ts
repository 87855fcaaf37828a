import type { Diagnostic } from '../diagnostic.ts'

/** Loads TypeScript modules by path. Seam: tsx is the default. */
export interface Loader {
  /**
   * Loads modules again, together: what they import in common is one instance.
   *
   * @param paths absolute.
   * @param root folder that diagnostics are relative to; absolute.
   */
  load(paths: readonly string[], root: string): Promise<Loaded>
}

/** What a {@link Loader} returns: the modules that loaded, and a diagnostic for each that did not. */
export interface Loaded {
  readonly modules: readonly LoadedModule[]
  /** Every file that was loaded but for installed packages; absolute. What a watcher looks at besides the modules. */
  readonly imports: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

/** A module with its exports. */
export interface LoadedModule {
  /** Relative to the root, with `/`. */
  readonly file: string
  readonly exports: Readonly<Record<string, unknown>>
}
