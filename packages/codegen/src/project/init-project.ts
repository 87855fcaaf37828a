import { spawnSync } from 'node:child_process'
import type { Diagnostic } from '../diagnostic.ts'
import { loadConfig } from '../load/load-config.ts'
import type { Loader } from '../load/loader.ts'
import { loadInitFiles } from '../load-init-files.ts'
import { openDisk } from '../write/open-disk.ts'
import { writeFiles } from '../write/write-files.ts'
import { generateProject } from './generate-project.ts'
import { parseManifest } from './look-around.ts'
import { type Failure, wrongContract, wrongRequest } from './outcome.ts'
import { type InitPlan, planInit } from './plan-init.ts'

/** Where a project is started, and how far. */
export interface InitRequest {
  readonly cwd: string
  /** How the running package manager names itself: `pnpm/10.0.0 …`; empty when none runs. */
  readonly userAgent: string
  /** Folder of the server; chosen by what the project is when left out. */
  readonly into?: string | undefined
  /** Whether to install what the project then needs, and to generate. Default true. */
  readonly isInstalling?: boolean
  /** Plan only: write, install and generate nothing. Default false. */
  readonly isDry?: boolean
}

/** A begun project. */
export interface BegunProject extends InitPlan {
  /** Files that were generated. */
  readonly generated: readonly string[]
}

/** Writes a folder's first contract, server and test, installs and generates. Overwrites nothing. */
export async function initProject(request: InitRequest, loader: Loader): Promise<BegunProject | Failure> {
  const { cwd, userAgent, into, isInstalling = true, isDry = false } = request
  const disk = openDisk(cwd)
  const { readTsConfig } = await import('../load/read-tsconfig.ts')
  const isModule = parseManifest(disk.read('package.json'))?.type === 'module'
  const tsconfig = readTsConfig(cwd, isModule)
  const plan = planInit(loadInitFiles(), { disk, tsconfig, userAgent, into, isInstalled: isInstalling })
  if ('diagnostics' in plan) return wrongRequest(plan.diagnostics)
  if (isDry) return { ...plan, generated: [] }
  writeFiles(
    cwd,
    plan.writes.map((write) => ({ ...write, style: disk.styleOf(write.path) })),
  )
  if (!isInstalling) return { ...plan, generated: [] }
  const failure = install(plan.manager, cwd)
  return failure === undefined ? generateFirst(plan, cwd, loader) : wrongContract([failure])
}

function install(manager: string, cwd: string): Diagnostic | undefined {
  // What it says goes to standard error: standard output is the report's.
  const { status, error } = spawnSync(manager, ['install'], {
    cwd,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status === 0) return undefined
  const why = error === undefined ? `ended with ${status}` : 'cannot be started'
  return {
    file: 'package.json',
    message: `\`${manager} install\` ${why}. The files are written: install by hand, then \`wsrv codegen\`.`,
  }
}

async function generateFirst(plan: InitPlan, cwd: string, loader: Loader): Promise<BegunProject | Failure> {
  const project = await loadConfig({ config: plan.configFile, cwd }, loader)
  if ('diagnostics' in project) return wrongRequest(project.diagnostics)
  const { problems, plans } = await generateProject(project, { loader, check: false })
  if (problems.length > 0) return wrongContract(problems)
  return { ...plan, generated: plans.flatMap(({ writes }) => writes.map(({ path }) => path)) }
}
