import { chmodSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { holdSignals } from './hold-signals.ts'
import type { Write } from './plan-writes.ts'
import { PLAIN_STYLE, toStyled } from './text-style.ts'

/**
 * Writes files below a folder and creates missing folders; removes the old paths of renamed files.
 *
 * All texts are first written to temporary files and then moved into place, so that a full disk or the end of the process
 * leaves each file either old or new, never half written.
 *
 * @throws the file system's error, with the `path` of the file that could not be written.
 */
export function writeFiles(root: string, writes: readonly Write[]): void {
  holdSignals(() => {
    const staged = stage(root, writes)
    for (const { temporary, target } of staged) naming(target, () => renameSync(temporary, target))
    for (const folder of new Set(staged.map(({ target }) => dirname(target)))) cleanUp(folder)
    for (const { from } of writes) if (from !== undefined) rmSync(resolve(root, from), { force: true })
  })
}

interface StagedFile {
  readonly temporary: string
  readonly target: string
}

function stage(root: string, writes: readonly Write[]): readonly StagedFile[] {
  const staged: StagedFile[] = []
  try {
    for (const write of writes) {
      const target = followLink(resolve(root, write.path))
      const temporary = temporaryOf(target)
      staged.push({ temporary, target })
      naming(target, () => store(write, { temporary, target }))
    }
    return staged
  } catch (error) {
    for (const { temporary } of staged) rmSync(temporary, { force: true })
    throw error
  }
}

function store({ text, style = PLAIN_STYLE }: Write, { temporary, target }: StagedFile): void {
  mkdirSync(dirname(target), { recursive: true })
  const before = statSync(target, { throwIfNoEntry: false })
  if (before?.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' })
  writeFileSync(temporary, toStyled(text, style))
  if (before !== undefined) chmodSync(temporary, before.mode)
}

/** Temporary path of a file until all are written; contains the id of the process that will move it. */
function temporaryOf(target: string): string {
  return join(dirname(target), `.${basename(target)}.wsrv-${process.pid}`)
}

const TEMPORARY = /^\..+\.wsrv-(\d+)$/

/** Removes temporary files of ended processes from a folder; those of running processes stay. */
function cleanUp(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = Number(TEMPORARY.exec(name)?.[1] ?? Number.NaN)
    if (!Number.isNaN(pid) && !isRunning(pid)) rmSync(join(folder, name), { force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The target of a symbolic link, so that the target is replaced and not the link. */
function followLink(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function naming(path: string, act: () => void): void {
  try {
    act()
  } catch (error) {
    throw error instanceof Error ? Object.assign(error, { path }) : error
  }
}
