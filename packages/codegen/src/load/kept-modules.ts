import type { OnResolveResult, Plugin, ResolveResult } from 'esbuild'

/** What a module exports. */
export type Exports = Readonly<Record<string, unknown>>

/** The namespace of such modules in a bundle. */
export const KEPT = 'kept'

/** Has a bundle import modules that are loaded already, in place of their files. See {@link importWithKept}. */
export function keepModules(kept: ReadonlyMap<string, Exports>): Plugin {
  return {
    name: 'kept',
    setup: ({ onResolve, onLoad, resolve }) => {
      if (kept.size === 0) return
      onResolve({ filter: /^\./ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
        if (pluginData === SEEN) return undefined
        return redirect(await resolve(path, { importer, resolveDir, kind, pluginData: SEEN }), kept)
      })
      onLoad({ filter: /./, namespace: KEPT }, ({ path }) => ({ contents: passOn(path, kept.get(path) ?? {}) }))
    },
  }
}

/** Leads what was resolved to a module that is loaded already, if it is one. */
export function redirect(found: ResolveResult, kept: ReadonlyMap<string, Exports>): OnResolveResult {
  return kept.has(found.path) ? { path: found.path, namespace: KEPT } : found
}

/**
 * Imports a bundle that was made with {@link keepModules}.
 *
 * A module of a data URL reaches nothing of ours but what is global: the kept ones are, while it is evaluated.
 */
export async function importWithKept(url: string, kept: ReadonlyMap<string, Exports>): Promise<unknown> {
  if (kept.size === 0) return import(url)
  const place = globalThis as { [GLOBAL]?: ReadonlyMap<string, Exports> }
  place[GLOBAL] = kept
  try {
    return await import(url)
  } finally {
    delete place[GLOBAL]
  }
}

const SEEN = Symbol('already resolved')
const GLOBAL = Symbol.for('wsrv.kept')

/** A module that exports what another one did, under the same names. */
function passOn(path: string, exports: Exports): string {
  const names = Object.keys(exports).map((name) => JSON.stringify(name))
  return [
    `const kept = globalThis[Symbol.for(${JSON.stringify(GLOBAL.description)})].get(${JSON.stringify(path)})`,
    ...names.map((name, index) => `const e${index} = kept[${name}]`),
    `export { ${names.map((name, index) => `e${index} as ${name}`).join(', ')} }`,
  ].join('\n')
}
