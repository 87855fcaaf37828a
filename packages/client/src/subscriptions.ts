import type { Response } from '@wsrv/protocol'

/**
 * Called with the data of one push. Its result is ignored; what it throws, or its promise rejects with, goes to `onProblem`.
 *
 * @param message what came beside the data.
 */
export type PushListener<Data> = (data: Data, message: PushMessage) => unknown

/**
 * What a push says beside its data: this toolkit's server always 0 and `ok`, a Go server what the application put there.
 * PROTOCOL.md §Push.
 */
export type PushMessage = Pick<Response, 'status' | 'msg'>

/** The listeners by name; they outlive connections. */
export class Subscriptions {
  readonly #byName = new Map<string, Set<(data: unknown, message: PushMessage) => Promise<unknown>>>()
  readonly #report: (error: unknown) => void

  /** @param report called with what a listener throws, or its promise rejects with. */
  constructor(report: (error: unknown) => void) {
    this.#report = report
  }

  /** Subscribes; the same listener may subscribe twice. Returns an idempotent function that unsubscribes it. */
  add(name: string, listener: PushListener<unknown>): () => void {
    // An async function runs at once up to its end, and turns what a listener throws into a rejection.
    const subscription = async (data: unknown, message: PushMessage) => listener(data, message)
    const subscriptions = this.#byName.get(name) ?? new Set()
    this.#byName.set(name, subscriptions.add(subscription))
    return () => {
      if (subscriptions.delete(subscription) && subscriptions.size === 0) this.#byName.delete(name)
    }
  }

  /** Names that are listened to. */
  get names(): readonly string[] {
    return [...this.#byName.keys()]
  }

  /** Calls every current listener; false when there are none. What the client itself tells came in no message. */
  deliver(name: string, data: unknown, message: PushMessage = OWN): boolean {
    const subscriptions = this.#byName.get(name)
    // One that an earlier listener adds is not called, one that it removes neither.
    for (const tell of [...(subscriptions ?? [])]) if (subscriptions?.has(tell)) tell(data, message).catch(this.#report)
    return subscriptions !== undefined
  }
}

const OWN: PushMessage = { status: 0, msg: 'ok' }
