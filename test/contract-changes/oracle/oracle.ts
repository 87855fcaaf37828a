import fc from 'fast-check'
import { applyEdit, type Edit, edit, isNeutral } from './edits.ts'
import { type Fault, judge } from './judge.ts'
import { type Subject, subject } from './schemas.ts'
import { randomOf } from './values.ts'

/** A subject that is edited, and the seed of the values that are tried. */
export interface Trial {
  readonly before: Subject
  readonly edits: readonly Edit[]
  readonly seed: number
}

/** A random trial: mostly one edit, sometimes two or three. */
export const trial: fc.Arbitrary<Trial> = fc.record({
  before: subject,
  edits: fc.oneof(
    { arbitrary: fc.array(edit, { minLength: 1, maxLength: 1 }), weight: 4 },
    { arbitrary: fc.array(edit, { minLength: 2, maxLength: 3 }), weight: 1 },
  ),
  seed: fc.nat(),
})

/** The version after a trial's edits. */
export function editedOf({ before, edits }: Trial): Subject {
  return edits.reduce(applyEdit, before)
}

/** Carries a trial out. */
export function runTrial(one: Trial): readonly Fault[] {
  const after = editedOf(one)
  const isSame = one.edits.every(isNeutral)
  return judge({ before: one.before, after, isNeutral: isSame, random: randomOf(one.seed) })
}

/** Makes a trial as small as it can be while it shows a fault of the same kind. */
export function shrink(seed: number, at: number, kind: Fault['kind']): Trial | undefined {
  const property = fc.property(trial, (one) => !runTrial(one).some((fault) => fault.kind === kind))
  const { counterexample } = fc.check(property, { seed, path: String(at), numRuns: 1, endOnFailure: false })
  return counterexample?.[0]
}
