import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { BUILD, GENERATOR } from './paths.ts'

const folder = `${import.meta.dirname}/../generator`

/** Compiles the generator with the machine's C compiler. */
export function compileGenerator(): void {
  mkdirSync(BUILD, { recursive: true })
  const sources = readdirSync(folder).filter((file) => file.endsWith('.c'))
  const words = ['-O2', '-Wall', '-o', GENERATOR, ...sources.map((file) => `${folder}/${file}`), '-lm']
  const { error, status } = spawnSync(process.env['CC'] ?? 'cc', words, { stdio: 'inherit' })
  if (error !== undefined || status !== 0) {
    throw new Error('the generator needs a C compiler: install one as `cc`, or name it in CC', { cause: error })
  }
}
