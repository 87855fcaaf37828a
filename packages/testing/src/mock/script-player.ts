import { answersOf } from './check-script.ts'
import type { MockScript, ScriptedAnswer } from './mock-script.ts'

/** Finds the answers of a script, in turn. */
export class ScriptPlayer {
  readonly #answers: ReadonlyMap<string, readonly ScriptedAnswer[]>
  /** How often each was given. */
  readonly #turns = new Map<ScriptedAnswer, number>()

  constructor({ answers = {} }: MockScript) {
    this.#answers = new Map(Object.entries(answers).map(([cmd, list]) => [cmd, answersOf(list)]))
  }

  /** The answer whose turn it is among those that fit a request; `undefined` when none fits. */
  next(cmd: string, data: unknown): ScriptedAnswer | undefined {
    const fitting = (this.#answers.get(cmd) ?? []).filter(({ when }) => when === undefined || includes(data, when))
    const special = fitting.filter(({ when }) => when !== undefined)
    const [first, ...others] = special.length > 0 ? special : fitting
    if (first === undefined) return undefined
    const turnsOf = (answer: ScriptedAnswer): number => this.#turns.get(answer) ?? 0
    const chosen = others.reduce((best, one) => (turnsOf(one) < turnsOf(best) ? one : best), first)
    this.#turns.set(chosen, turnsOf(chosen) + 1)
    return chosen
  }
}

/** Whether a value has all of another: its properties, its items in their places. */
function includes(value: unknown, part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return Object.is(value, part)
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== Array.isArray(part)) return false
  if (Array.isArray(part) && (value as readonly unknown[]).length !== part.length) return false
  return Object.entries(part).every(([name, inner]) => {
    return Object.hasOwn(value, name) && includes((value as Record<string, unknown>)[name], inner)
  })
}
