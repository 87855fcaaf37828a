import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

const folder = `${import.meta.dirname}/..`

/** Installs what the bench alone needs, when it is not there or its lockfile is newer: a newcomer's install stays small. */
export function install(): void {
  const installed = `${folder}/node_modules/.modules.yaml`
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${folder}/pnpm-lock.yaml`).mtimeMs) return
  console.log('bench: installing the contestants, this once')
  const [command, ...words] = pnpm()
  const { status } = spawnSync(command, [...words, 'install', '--frozen-lockfile'], { cwd: folder, stdio: 'inherit' })
  if (status !== 0) throw new Error(`pnpm install in bench/ ended with ${status}`)
}

/** The pnpm that runs this command, else the one on the path. */
function pnpm(): [command: string, ...words: string[]] {
  const path = process.env['npm_execpath']
  if (path === undefined || !path.includes('pnpm')) return ['npx', '-y', 'pnpm@12']
  return /\.[cm]?js$/.test(path) ? [process.execPath, path] : [path]
}
