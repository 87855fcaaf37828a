import { notify } from './notify.ts'

/** Hears the data of one push. What it returns is ignored; what it throws, or its promise rejects with, goes to `onProblem`. */
export type PushListener<Data> = (data: Data) => unknown

/** Who hears which push; outlives connections. */
export class PushSubscriptions {
  readonly #byCmd = new Map<string, Set<Subscription>>()
  readonly #report: (error: unknown) => void

  /** @param report hears what a listener throws. */
  constructor(report: (error: unknown) => void) {
    this.#report = report
  }

  /** Subscribes; the same listener may subscribe twice. Returns what unsubscribes it, idempotent. */
  add(cmd: string, listen: PushListener<unknown>): () => void {
    const subscription: Subscription = { listen }
    const subscriptions = this.#byCmd.get(cmd) ?? new Set()
    this.#byCmd.set(cmd, subscriptions.add(subscription))
    return () => {
      subscriptions.delete(subscription)
      if (subscriptions.size === 0 && this.#byCmd.get(cmd) === subscriptions) this.#byCmd.delete(cmd)
    }
  }

  /** Tells every subscriber of the moment; false when there is none. */
  deliver(cmd: string, data: unknown): boolean {
    const subscriptions = this.#byCmd.get(cmd)
    if (!subscriptions) return false
    for (const { listen } of [...subscriptions]) notify(() => listen(data), this.#report)
    return true
  }
}

interface Subscription {
  readonly listen: PushListener<unknown>
}
