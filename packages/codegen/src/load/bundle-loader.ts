import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { type Bundle, bundleModules } from './bundle-modules.ts'
import type { Loaded } from './loader.ts'

/**
 * Loads modules as a bundle, and then only those that changed: an edit of one schema file costs a contract of 1,000 commands a
 * tenth of the first load.
 *
 * Only modules that no other one imports are loaded alone: the others' parts would be there twice.
 */
export class BundleLoader {
  #last: Bundle | undefined

  /** Returns nothing when they cannot be loaded as a bundle; see {@link bundleModules}. */
  async load(paths: readonly string[], root: string): Promise<Loaded | undefined> {
    const bundle = (await this.#loadChanged(paths, root)) ?? (await this.#loadAll(paths, root))
    if (bundle === undefined) return undefined
    this.#last = bundle
    return {
      modules: paths.map((path) => ({
        file: relative(root, path).replaceAll('\\', '/'),
        exports: bundle.modules.get(path) ?? {},
      })),
      imports: [...bundle.texts.keys()],
      diagnostics: [],
    }
  }

  /** With each file that the last load met as a module of its own, so that it can be kept from now on. */
  async #loadAll(paths: readonly string[], root: string): Promise<Bundle | undefined> {
    const context = { root, kept: new Map() }
    const known = new Set([...paths, ...(this.#last?.texts.keys() ?? [])])
    const bundle = await bundleModules([...known], context)
    return bundle ?? (known.size > paths.length ? await bundleModules(paths, context) : undefined)
  }

  async #loadChanged(paths: readonly string[], root: string): Promise<Bundle | undefined> {
    const last = this.#last
    const changed = last && (await findChangedLeaves(paths, last))
    if (last === undefined || changed === undefined) return undefined
    if (changed.length === 0) return last
    const kept = new Map([...last.modules].filter(([path]) => !changed.includes(path)))
    const fresh = await bundleModules(changed, { root, kept })
    // What a kept module is made of, and is not kept itself, would be there twice.
    if (
      fresh === undefined ||
      [...fresh.texts.keys()].some((path) => last.texts.has(path) && !changed.includes(path))
    ) {
      return undefined
    }
    return {
      modules: new Map([...last.modules, ...fresh.modules]),
      texts: new Map([...last.texts, ...fresh.texts]),
      imported: new Set([...last.imported, ...fresh.imported]),
    }
  }
}

/** The modules that are new or say something new; nothing when any other file changed, or a module that others import. */
async function findChangedLeaves(paths: readonly string[], last: Bundle): Promise<readonly string[] | undefined> {
  const files = [...new Set([...last.texts.keys(), ...paths])]
  const texts = await Promise.all(files.map((path) => readFile(path, 'utf8').catch(() => undefined)))
  const changed = files.filter((path, index) => texts[index] === undefined || texts[index] !== last.texts.get(path))
  return changed.every((path) => paths.includes(path) && !last.imported.has(path)) ? changed : undefined
}
