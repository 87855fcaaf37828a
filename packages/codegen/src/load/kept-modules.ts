import { compileFunction } from 'node:vm'
import type { OnResolveResult, Plugin, ResolveResult } from 'esbuild'

/** What a module exports. */
export type Exports = Readonly<Record<string, unknown>>

/** The namespace of such modules in a bundle. */
export const KEPT = 'kept'

/**
 * Has a bundle take modules that are loaded already, in place of their files. See {@link evaluateWith}.
 *
 * @param used gets those that it takes.
 */
export function keepModules(kept: ReadonlyMap<string, Exports>, used: Map<string, Exports>): Plugin {
  return {
    name: 'kept',
    setup: ({ onResolve, onLoad, resolve }) => {
      onLoad({ filter: /./, namespace: KEPT }, ({ path }) => {
        const exports = kept.get(path) ?? {}
        used.set(path, exports)
        return { contents: passOn(path, exports) }
      })
      if (kept.size === 0) return
      onResolve({ filter: /^\./ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
        if (pluginData === SEEN) return undefined
        return redirect(await resolve(path, { importer, resolveDir, kind, pluginData: SEEN }), kept)
      })
    },
  }
}

/** Leads what was resolved to a module that is loaded already, if it is one. */
export function redirect(found: ResolveResult, kept: ReadonlyMap<string, Exports>): OnResolveResult {
  return kept.has(found.path) ? { path: found.path, namespace: KEPT } : found
}

/** Name under which a bundle finds the modules that it does not hold. */
const KEPT_MODULES = 'wsrvKept'

/** Name of what a bundle exports. */
export const BUNDLE = 'wsrvBundle'

/**
 * Evaluates a bundle that was made with {@link keepModules}.
 *
 * As a function and not by `import`: an imported module stays in memory for as long as the process lives, and a watch loads
 * one with each change.
 *
 * @param kept the modules that the bundle takes, and no others: its functions hold on to them.
 */
export function evaluateWith(kept: ReadonlyMap<string, Exports>, code: string): unknown {
  return compileFunction(`${code}\nreturn ${BUNDLE}`, [KEPT_MODULES])(kept)
}

const SEEN = Symbol('already resolved')

/** A module that exports what another one did, under the same names. */
function passOn(path: string, exports: Exports): string {
  const names = Object.keys(exports).map((name) => JSON.stringify(name))
  return [
    `const kept = ${KEPT_MODULES}.get(${JSON.stringify(path)})`,
    ...names.map((name, index) => `const e${index} = kept[${name}]`),
    `export { ${names.map((name, index) => `e${index} as ${name}`).join(', ')} }`,
  ].join('\n')
}
