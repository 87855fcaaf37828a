import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Diagnostic } from '../diagnostic.ts'
import { Memo } from '../memo.ts'
import { linkWorkspace } from './link-workspace.ts'
import { loadConfig, type Project } from './load-config.ts'
import { type LoadedContracts, loadContracts } from './load-schema.ts'
import type { Loader } from './loader.ts'
import { LOCK_FILE, readLock } from './lock-file.ts'

/**
 * Loads an earlier version of a project's contracts: all that there were, by their names then.
 *
 * @param against a lock file, else anything that git knows a commit by; the project's own lock file when left out.
 */
export async function loadReleased(
  against: string | undefined,
  project: Pick<Project, 'root' | 'path'>,
  loader: Loader,
): Promise<LoadedContracts> {
  const file = against ?? LOCK_FILE
  const path = resolve(project.root, file)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isFile()) return loadLock(file, path)
  if (against !== undefined && against !== LOCK_FILE) return loadCommit(against, project, loader)
  const message = 'there is no such file. Expected one: `wsrv lock` writes it at each release, or give --against.'
  return { diagnostics: [{ file, message }] }
}

/** Reads a lock file; nothing where there is none. */
export function loadLockIfThere(root: string, memo?: Memo): LoadedContracts | undefined {
  const path = resolve(root, LOCK_FILE)
  return existsSync(path) ? loadLock(LOCK_FILE, path, memo) : undefined
}

function loadLock(file: string, path: string, memo: Memo = new Memo()): LoadedContracts {
  try {
    const text = readFileSync(path, 'utf8')
    return { contracts: memo.locks.getOrMake(text, () => readLock(text)) }
  } catch (error) {
    return { diagnostics: [{ file, message: `${error instanceof Error ? error.message : String(error)}.` }] }
  }
}

/** Checks the commit's files out beside the project, with the workspace's packages as they were, and loads them there. */
async function loadCommit(
  ref: string,
  { root, path }: Pick<Project, 'root' | 'path'>,
  loader: Loader,
): Promise<LoadedContracts> {
  const folder = mkdtempSync(join(root, '.wsrv-diff-'))
  try {
    const { inside, top } = checkOut(ref, root, folder)
    linkWorkspace(realpathSync(root), { top, folder })
    const loaded = await loadConfig({ config: basename(path), cwd: join(folder, inside) }, loader)
    const contracts = 'diagnostics' in loaded ? loaded : await loadContracts(loaded, loader)
    return 'diagnostics' in contracts
      ? { diagnostics: contracts.diagnostics.map((one) => atCommit(one, ref)) }
      : contracts
  } catch (error) {
    return { diagnostics: [{ file: ref, message: gitMessage(error) }] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What is wrong is wrong with the files as they were, as git writes them: `main:schema/users.ts`. */
function atCommit(diagnostic: Diagnostic, ref: string): Diagnostic {
  return { ...diagnostic, file: `${ref}:${diagnostic.file}` }
}

/** Writes a commit's tree into a folder through an index of its own; returns the project's place in it. */
function checkOut(ref: string, root: string, folder: string): { readonly inside: string; readonly top: string } {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, LC_ALL: 'C', GIT_INDEX_FILE: join(folder, '.index') },
    }).trim()
  git('rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`)
  git('read-tree', `${ref}^{commit}`)
  const top = realpathSync(git('rev-parse', '--show-toplevel'))
  git('-C', top, 'checkout-index', '--all', `--prefix=${folder}/`)
  return { inside: git('rev-parse', '--show-prefix'), top }
}

/** git's own words, where they say more than that it does not know the name. */
function gitMessage(error: unknown): string {
  const expected = 'Expected a lock file, or a commit, branch or tag.'
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    return `it is not a file, and git is not installed to look for a commit. ${expected}`
  }
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  const [first = ''] = text.split('\n')
  const reason = first.replace(/^(fatal|error): /, '').replace(/\.$/, '')
  if (/Needed a single revision|unknown revision|bad revision/.test(reason)) {
    return `it is neither a file nor a commit that git knows. ${expected}`
  }
  return `it is neither a file nor a commit (git says: ${reason}). ${expected}`
}
