import type { StateChange } from './client-state.ts'
import { because, CLIENT, disconnected } from './failure.ts'
import type { Problem, ProblemKind } from './problem.ts'

/** Where problems go that have no caller to reject. */
export class Reports {
  readonly #onProblem: (problem: Problem) => void
  /** Whether the current row of failed attempts was reported. */
  #isFailing = false

  constructor(onProblem: (problem: Problem) => void) {
    this.#onProblem = onProblem
  }

  /** Returns a function that reports problems of one kind. */
  of(kind: ProblemKind): (error: unknown) => void {
    return (error) => {
      // A hook that throws, or rejects, must not end the process.
      void (async () => this.#onProblem({ kind, error }))().catch(() => {})
    }
  }

  /** As {@link of}, for what makes an attempt fail: the attempt itself needs no report then. */
  ofAttempt(kind: ProblemKind): (error: unknown) => void {
    const report = this.of(kind)
    return (error) => {
      this.#isFailing = true
      report(error)
    }
  }

  /** Reports the first failed attempt of a row, and every close that is final. */
  changed({ state, previous, close }: StateChange): void {
    if (state === 'open') this.#isFailing = false
    if (!close) return
    if (state === 'closed') this.of('gave_up')(disconnected(CLIENT, close))
    else if (previous === 'connecting' && !this.#isFailing) {
      this.ofAttempt('connect_failed')(new Error(`cannot connect${because(close)}`, close))
    }
  }
}
