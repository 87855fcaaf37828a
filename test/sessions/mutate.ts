import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { build, type Plugin } from 'esbuild'
import type { Edit, RuleMutant } from './rule-mutants.ts'

/** What some schedules of a mutant came to. */
export interface Caught {
  /** Schedules that ran until a rule was broken, or all. */
  readonly seeds: number
  /** The rule; `undefined` when none was broken. */
  readonly why: string | undefined
}

const ROOT = resolve(import.meta.dirname, '../..')

/**
 * Runs schedules of a client and a server of which some lines are changed, in a process of its own, until one breaks a rule.
 *
 * The product has no switches for that: the lines are changed while a bundle of it is made.
 */
export async function runMutant({ name, edits }: RuleMutant, seeds: number): Promise<Caught> {
  const process_ = spawn(process.execPath, ['--input-type=module', '-'], { stdio: ['pipe', 'pipe', 'inherit'] })
  process_.stdin.end(await bundle(edits, seeds))
  const output = await text(process_.stdout)
  try {
    return JSON.parse(output) as Caught
  } catch {
    throw new Error(`schedules of the mutant "${name}" ended with ${process_.exitCode}: ${output.slice(0, 200)}`)
  }
}

async function bundle(edits: readonly Edit[], seeds: number): Promise<string> {
  const contents = `
    import { runSchedules } from './schedules.ts'
    const { seeds, violation } = await runSchedules(1, ${seeds})
    process.stdout.write(JSON.stringify({ seeds, why: violation?.why }), () => process.exit())
  `
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    // What ws requires of Node.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(process.cwd() + '/')",
    },
    plugins: [withoutSuites, patching(edits)],
  })
  return outputFiles.map((file) => file.text).join('')
}

/** The schedules take parts of @wsrv/testing that are no suites. */
const withoutSuites: Plugin = {
  name: 'without-suites',
  setup: (esbuild) => {
    esbuild.onResolve({ filter: /^(vitest|fast-check)$/ }, ({ path }) => ({ path, namespace: 'absent' }))
    esbuild.onLoad({ filter: /./, namespace: 'absent' }, () => ({ contents: 'module.exports = {}' }))
  },
}

function patching(edits: readonly Edit[]): Plugin {
  const byPath = groupByPath(edits)
  return {
    name: 'patching',
    setup: (esbuild) => {
      esbuild.onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
        const own = byPath.get(path)
        return own === undefined ? undefined : { contents: patched(path, own), loader: 'ts' }
      })
    },
  }
}

function patched(path: string, edits: readonly Edit[]): string {
  let source = readFileSync(path, 'utf8')
  for (const { from, to } of edits) {
    if (source.split(from).length !== 2) throw new Error(`${path} must contain exactly once: ${from}`)
    source = source.replace(from, () => to)
  }
  return source
}

function groupByPath(edits: readonly Edit[]): ReadonlyMap<string, Edit[]> {
  const byPath = new Map<string, Edit[]>()
  for (const edit of edits) {
    const path = join(ROOT, edit.file)
    byPath.set(path, [...(byPath.get(path) ?? []), edit])
  }
  return byPath
}
