import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { buildContract, type Contract } from '@wsrv/schema'
import { type Diagnostic, toDiagnostic } from './diagnostic.ts'
import { loadConfig } from './load-config.ts'
import { loadSchema } from './load-schema.ts'
import type { Loader } from './loader.ts'
import { LOCK_FILE, readLock } from './lock-file.ts'

/** A contract as it was, or why it cannot be told. */
export type Released = { readonly contract: Contract } | { readonly diagnostics: readonly Diagnostic[] }

/** Where the current contract comes from. */
export interface ReleasedSite {
  /** Folder of the config. */
  readonly root: string
  /** Path of the config; absolute. */
  readonly path: string
}

/**
 * Loads an earlier version of a project's contract.
 *
 * @param against a lock file, else anything that git knows a commit by; the project's own lock file when left out.
 */
export async function loadReleased(against: string | undefined, site: ReleasedSite, loader: Loader): Promise<Released> {
  const file = against ?? LOCK_FILE
  const path = resolve(site.root, file)
  if (existsSync(path)) return loadLock(file, path)
  if (against !== undefined) return loadCommit(against, site, loader)
  const message = 'there is no such file. Expected one: `wsrv lock` writes it at each release, or give --against.'
  return { diagnostics: [{ file, message }] }
}

function loadLock(file: string, path: string): Released {
  try {
    return { contract: readLock(readFileSync(path, 'utf8')) }
  } catch (error) {
    return { diagnostics: [{ file, message: `${error instanceof Error ? error.message : String(error)}.` }] }
  }
}

/** Checks the commit's files out beside the project, where imports of packages still find them, and loads them there. */
async function loadCommit(ref: string, { root, path }: ReleasedSite, loader: Loader): Promise<Released> {
  const folder = mkdtempSync(join(root, '.wsrv-diff-'))
  try {
    const inside = checkOut(ref, root, folder)
    const loaded = await loadConfig(basename(path), join(folder, inside), loader)
    if ('diagnostics' in loaded) return loaded
    const { modules, diagnostics } = await loadSchema(loaded.config, loaded.root, loader)
    const { contract, problems } = buildContract(modules)
    const wrong = [...diagnostics, ...problems.map(toDiagnostic)]
    return wrong.length === 0 ? { contract } : { diagnostics: wrong }
  } catch (error) {
    return { diagnostics: [{ file: ref, message: gitMessage(error) }] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Writes a commit's tree into a folder through an index of its own; gives the project's place in it. */
function checkOut(ref: string, root: string, folder: string): string {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, GIT_INDEX_FILE: join(folder, '.index') },
    }).trim()
  git('read-tree', `${ref}^{commit}`)
  git('-C', git('rev-parse', '--show-toplevel'), 'checkout-index', '--all', `--prefix=${folder}/`)
  return git('rev-parse', '--show-prefix')
}

function gitMessage(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  const [first = ''] = text.split('\n')
  const reason = first.replace(/^fatal: /, '')
  return `it is neither a file nor a commit (git says: ${reason}). Expected a lock file or a git ref.`
}
