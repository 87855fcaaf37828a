/**
 * What one check may cost: the bound that a schema's own bounds do not give. PROTOCOL.md §Limits, `MAX_CHECK_STEPS`.
 *
 * Also remembers what the check has found out already: a value of a recursive type that stands under several alternatives is
 * looked at once, where looking again at every level would double the work with each.
 */
export class CheckBudget {
  readonly #maxSteps: number
  readonly #verdicts = new Map<object, Map<object, boolean>>()
  #stepsLeft: number

  /** @param maxSteps of each check. */
  constructor(maxSteps: number) {
    this.#maxSteps = maxSteps
    this.#stepsLeft = maxSteps
  }

  /** Begins a check: forgets the last one. */
  begin(): void {
    this.#stepsLeft = this.#maxSteps
    for (const known of this.#verdicts.values()) known.clear()
  }

  /** @throws {@link OUT_OF_BUDGET} when the check costs more than it may. */
  spend(steps: number): void {
    this.#stepsLeft -= steps
    if (this.#stepsLeft < 0) throw OUT_OF_BUDGET
  }

  /** What the check has cost so far, in steps; at most what it may. */
  get spent(): number {
    return Math.min(this.#maxSteps - this.#stepsLeft, this.#maxSteps)
  }

  /** What this check knows of values of one type, by value. */
  verdictsOf(type: object): Map<object, boolean> {
    const known = this.#verdicts.get(type) ?? new Map<object, boolean>()
    this.#verdicts.set(type, known)
    return known
  }
}

/** Thrown by {@link CheckBudget.spend}; one for all, because a stack would cost more than the check. */
export const OUT_OF_BUDGET: Error = new Error('the check costs too much')
