import type { Place, Problem } from './problem.ts'

/** A problem before it has its place. */
export type Fault = Omit<Problem, keyof Place>

/** Gives faults the place where they were found. */
export function placeFaults({ file, exportName }: Place, faults: readonly Fault[]): readonly Problem[] {
  return faults.map((fault) => ({ file, exportName, ...fault }))
}
