import type { TsConfig } from '../load/read-tsconfig.ts'
import type { Disk } from '../write/disk.ts'

/** What is in a folder, and around it, before wsrv is. */
export interface Surroundings {
  /** Its package.json; nothing where it has none. */
  readonly manifest: Manifest | undefined
  readonly manifestText: string | undefined
  /** What kind of an app it is: those of `vite` and `next` are for browsers. */
  readonly app: 'none' | 'vite' | 'next' | 'nest' | 'server'
  readonly tsconfig: TsConfig | undefined
  /** Whether its code is in `src`. */
  readonly hasSrc: boolean
  /** The package manager to use: `pnpm`. */
  readonly manager: string
}

/** The parts of a package.json that matter here. */
export interface Manifest {
  readonly type?: string
  readonly packageManager?: string
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** Where to look. */
export interface LookRequest {
  readonly disk: Disk
  readonly tsconfig: TsConfig | undefined
  /** How the running package manager names itself: `pnpm/10.0.0 …`; empty when none runs. */
  readonly userAgent: string
}

/** Looks at a folder and at the workspace that it is in; nothing when its package.json is not a JSON object. */
export function lookAround({ disk, tsconfig, userAgent }: LookRequest): Surroundings | undefined {
  const manifestText = disk.read('package.json')
  const manifest = parseManifest(manifestText)
  if (manifestText !== undefined && manifest === undefined) return undefined
  return {
    manifest,
    manifestText,
    app: manifest === undefined ? 'none' : appOf(manifest),
    tsconfig,
    hasSrc: disk.list('src').length > 0,
    manager: findManager(disk, userAgent),
  }
}

/** Reads a package.json; nothing when there is none, or it is not a JSON object. */
export function parseManifest(text: string | undefined): Manifest | undefined {
  if (text === undefined) return undefined
  try {
    const manifest: unknown = JSON.parse(text)
    return typeof manifest === 'object' && !Array.isArray(manifest) ? (manifest ?? undefined) : undefined
  } catch {
    return undefined
  }
}

function appOf({ dependencies, devDependencies }: Manifest): Surroundings['app'] {
  const all = { ...dependencies, ...devDependencies }
  if ('next' in all) return 'next'
  if ('@nestjs/core' in all) return 'nest'
  return 'vite' in all ? 'vite' : 'server'
}

const LOCKS: readonly (readonly [file: string, manager: string])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
  ['pnpm-workspace.yaml', 'pnpm'],
]

/** Folders above this one that are searched for the root of a workspace at most. */
const MAX_UP = 6

/** The package manager that the project or its workspace uses, else the one that runs this. */
function findManager(disk: Disk, userAgent: string): string {
  const known = LOCKS.map(([, manager]) => manager)
  for (let up = 0, folder = ''; up < MAX_UP; up++, folder += '../') {
    const named = parseManifest(disk.read(`${folder}package.json`))?.packageManager?.split('@')[0]
    if (named !== undefined && known.includes(named)) return named
    const locked = LOCKS.find(([file]) => disk.read(folder + file) !== undefined)?.[1]
    if (locked !== undefined) return locked
    if (disk.read(`${folder}.git/HEAD`) !== undefined) break
  }
  const [running = ''] = userAgent.split('/')
  return known.includes(running) ? running : 'npm'
}
