import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createSeededRandom } from '@wsrv/testing'
import { type Mutant, mutantsOf } from './mutate.ts'

/**
 * `pnpm mutants [--count 40] [--seed 1] [--only server]`: draws changes of the runtimes' source, runs the tests that import the
 * changed file, and prints the share that some test noticed, with every change that none did. Not part of the gate.
 *
 * It edits the files in place, one at a time, and puts each back: commit first.
 */
const ROOT = resolve(import.meta.dirname, '../..')
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
})
if (execFileSync('git', ['status', '--porcelain', 'packages'], { cwd: ROOT, encoding: 'utf8' }) !== '') {
  throw new Error('packages/ has changes: commit them first, mutants are written into the files')
}
const random = createSeededRandom(Number(values.seed))
const all = (values.only?.split(',') ?? ['protocol', 'schema', 'client', 'server']).flatMap(mutantsOfPackage)
const drawn = Array.from({ length: Math.min(Number(values.count), all.length) }, () =>
  all.splice(Math.floor(random() * all.length), 1),
).flat()

const survivors: Mutant[] = []
for (const [at, mutant] of drawn.entries()) {
  const isCaught = await runTests(mutant)
  if (!isCaught) survivors.push(mutant)
  console.log(
    `${at + 1}/${drawn.length} ${isCaught ? 'caught  ' : 'SURVIVED'} ${mutant.file}:${mutant.line}  ${mutant.after}`,
  )
}
console.log(`\n${drawn.length - survivors.length} of ${drawn.length} mutants caught (seed ${values.seed})`)
for (const { file, line, before, after } of survivors) console.log(`  ${file}:${line}\n    - ${before}\n    + ${after}`)

function mutantsOfPackage(name: string): readonly Mutant[] {
  const folder = join('packages', name, 'src')
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(test|test-d|d)\.ts$/.test(file))
    .sort()
    .map((file) => join(folder, file))
    .flatMap((file) => mutantsOf(file, readFileSync(join(ROOT, file), 'utf8')))
}

/** Whether a test fails with the change in place: first those of the packages, then those that join packages. */
async function runTests({ file, text }: Mutant): Promise<boolean> {
  const path = join(ROOT, file)
  const original = readFileSync(path, 'utf8')
  const restore = (): void => writeFileSync(path, original)
  process.once('exit', restore)
  const stop = (): never => process.exit(130)
  process.once('SIGINT', stop)
  try {
    writeFileSync(path, text)
    return ['test/**', 'packages/**'].some((others) => fails(file, others))
  } finally {
    restore()
    process.removeListener('exit', restore)
    process.removeListener('SIGINT', stop)
  }
}

/** Runs the tests that import a file, but for the slow ones and those under `others`. */
function fails(file: string, others: string): boolean {
  const slow = ['browser', 'playground', 'soak', 'fuzz', 'docs', 'packages', 'types'].map((name) => `test/${name}/**`)
  const excluded = [others, ...slow].map((glob) => `--exclude=${glob}`)
  const args = ['vitest', 'related', file, '--run', '--bail=1', '--reporter=dot', '--passWithNoTests', ...excluded]
  const { status, error } = spawnSync('npx', args, { cwd: ROOT, stdio: 'ignore', timeout: 180_000 })
  // A change that makes a loop endless is noticed by whoever waits.
  return error !== undefined || status !== 0
}
