import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build, type InlineConfig } from 'vite'

const ROOT = import.meta.dirname
const PAGE = join(ROOT, 'dist/page/index.html')
const LOCK = join(ROOT, 'node_modules/.building-page')

/** Builds the page if a source of it is newer than what was built; others who ask meanwhile wait. */
export async function buildPage(): Promise<void> {
  while (!takeLock()) await new Promise((resolve) => setTimeout(resolve, 50))
  try {
    if (isStale()) await buildApart({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn' })
  } finally {
    rmdirSync(LOCK)
  }
}

/** Builds by Vite, which writes `NODE_ENV` for the whole process, so that servers started behind it would take it for production. */
export async function buildApart(config: InlineConfig): Promise<void> {
  const { NODE_ENV: before } = process.env
  try {
    await build(config)
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
}

/** How old a lock may be, in ms: whoever took it is gone. */
const LOST_LOCK_MS = 60_000

function takeLock(): boolean {
  try {
    mkdirSync(LOCK)
    return true
  } catch {
    const takenMs = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (Date.now() - takenMs > LOST_LOCK_MS) rmdirSync(LOCK)
    return false
  }
}

function isStale(): boolean {
  if (!existsSync(PAGE)) return true
  const builtMs = statSync(PAGE).mtimeMs
  const sources = [join(ROOT, 'src'), join(ROOT, '../protocol/src'), join(ROOT, '../schema/src')].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  return [...sources, join(ROOT, 'vite.config.ts'), join(ROOT, 'package.json')].some(
    (file) => statSync(file).mtimeMs > builtMs,
  )
}
