import { notify } from './notify.ts'

/** Hears the data of one push. What it returns is ignored; what it throws, or its promise rejects with, goes to `onProblem`. */
export type PushListener<Data> = (data: Data) => unknown

/** Who hears what, by name; outlives connections. */
export class Subscriptions {
  readonly #byName = new Map<string, Set<Subscription>>()
  readonly #report: (error: unknown) => void

  /** @param report hears what a listener throws. */
  constructor(report: (error: unknown) => void) {
    this.#report = report
  }

  /** Subscribes; the same listener may subscribe twice. Returns what unsubscribes it, idempotent. */
  add(name: string, listen: PushListener<unknown>): () => void {
    const subscription: Subscription = { listen }
    const subscriptions = this.#byName.get(name) ?? new Set()
    this.#byName.set(name, subscriptions.add(subscription))
    return () => {
      subscriptions.delete(subscription)
      if (subscriptions.size === 0 && this.#byName.get(name) === subscriptions) this.#byName.delete(name)
    }
  }

  /** Tells every subscriber of the moment; false when there is none. */
  deliver(name: string, data: unknown): boolean {
    const subscriptions = this.#byName.get(name)
    if (!subscriptions) return false
    for (const { listen } of [...subscriptions]) notify(() => listen(data), this.#report)
    return true
  }
}

interface Subscription {
  readonly listen: PushListener<unknown>
}
