import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The repository's root. */
export const ROOT: string = join(import.meta.dirname, '../..')

/** One package that is published, by what its package.json says. */
export interface Package {
  /** Its folder below `packages`. */
  readonly folder: string
  readonly name: string
  readonly version: string
  readonly description?: string
  readonly license?: string
  readonly keywords?: readonly string[]
  readonly repository?: { readonly url: string; readonly directory: string }
  readonly engines?: { readonly node?: string }
  readonly files?: readonly string[]
  /** In this repository: from entry point to source file. */
  readonly exports: Readonly<Record<string, string>>
  readonly publishConfig?: PublishedAs
  readonly dependencies?: Readonly<Record<string, string>>
}

/** What a package's package.json says once it is packed. */
export interface PublishedAs {
  readonly access?: string
  readonly bin?: Readonly<Record<string, string>>
  readonly main?: string
  readonly types?: string
  readonly typesVersions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  readonly exports?: Readonly<Record<string, { readonly types: string; readonly default: string }>>
}

/** Every package below `packages`. */
export function readPackages(): readonly Package[] {
  return readdirSync(join(ROOT, 'packages'))
    .sort()
    .map((folder) => ({
      ...(JSON.parse(readFileSync(join(ROOT, 'packages', folder, 'package.json'), 'utf8')) as Omit<Package, 'folder'>),
      folder,
    }))
}
