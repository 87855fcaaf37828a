import { parseArgs } from 'node:util'
import fc from 'fast-check'
import type { Fault } from './judge.ts'
import { editedOf, runTrial, shrink, trial } from './oracle.ts'

/**
 * The long run: `pnpm oracle --edits 20000`. Prints how often the comparer was wrong, and a small example of each kind.
 *
 * Exits with 1 on a crash, a false SAFE, a change where there is none, or more than 0.5 % false BREAKING.
 */
const { values } = parseArgs({
  options: {
    edits: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    examples: { type: 'string', default: '3' },
  },
})
const edits = Number(values.edits)
const seed = Number(values.seed)
const left = Number(values.examples)

/** Trials that are made at once. */
const CHUNK = 500

const MOST_FALSE_BREAKING = 0.005

const counts = new Map<string, number>()
const startedAt = performance.now()
for (let done = 0; done < edits; done += CHUNK) {
  const own = seed * 1_000 + done / CHUNK
  for (const [at, one] of fc.sample(trial, { seed: own, numRuns: Math.min(CHUNK, edits - done) }).entries()) {
    for (const { kind } of runTrial(one)) {
      const known = counts.get(kind) ?? 0
      counts.set(kind, known + 1)
      if (known < left) show({ seed: own, at, kind })
    }
  }
  if ((done / CHUNK) % 5 === 4) console.error(`${done + CHUNK} edits: ${countsText()}`)
}

const seconds = Math.round((performance.now() - startedAt) / 1000)
console.log(`${edits} edits with seed ${seed} in ${seconds} s: ${countsText()}`)
const isWrong = ['crash', 'false SAFE', 'noise'].some((kind) => counts.has(kind))
if (isWrong || (counts.get('false BREAKING') ?? 0) > edits * MOST_FALSE_BREAKING) process.exitCode = 1

function countsText(): string {
  const kinds = ['crash', 'false SAFE', 'noise', 'false BREAKING']
  return kinds.map((kind) => `${counts.get(kind) ?? 0} ${kind}`).join(', ')
}

interface Found {
  readonly seed: number
  readonly at: number
  readonly kind: Fault['kind']
}

function show({ seed, at, kind }: Found): void {
  const small = shrink(seed, at, kind)
  if (small === undefined) return
  const [fault] = runTrial(small).filter((one) => one.kind === kind)
  console.log(`\n${kind} (seed ${seed}, edit ${at}, ${fault?.where}): ${small.edits.map((one) => one.kind).join(', ')}`)
  console.log(`  before ${JSON.stringify(small.before)}\n  after  ${JSON.stringify(editedOf(small))}`)
  console.log(`  said ${JSON.stringify(fault?.said)}`)
  const { witness } = fault ?? {}
  console.log(`  shown by ${witness instanceof Error ? witness.stack : JSON.stringify(witness)}`)
}
