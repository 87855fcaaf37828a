import type { Next } from './handler.ts'

/** Whom a chain serves: takes its results and its failures. */
export interface Chained {
  /** The answer, once there is one. */
  readonly response: unknown
  settle(result: unknown): void
  fail(thrown: unknown): void
}

/** When a chain ends: `undefined` when it has ended already, so that synchronous code costs no promise. Never rejects. */
export type Ending = Promise<void> | undefined

/** Runs a chain for one request. */
export type Chain<Subject extends Chained> = (subject: Subject) => Ending

/** One layer of the onion. */
export type Layer<Subject extends Chained> = (subject: Subject, next: Next) => unknown

/**
 * Builds the onion: each layer runs around the layers behind it, and the handler is its core.
 *
 * A chain has ended when its layers have and there is an answer, though a layer may not have waited for its `next`.
 */
export function compose<Subject extends Chained>(
  layers: readonly Layer<Subject>[],
  handler: (subject: Subject) => unknown,
): Chain<Subject> {
  const core: Chain<Subject> = (subject) => runHandler(subject, handler)
  return layers.reduceRight<Chain<Subject>>((rest, layer) => (subject) => runLayer(subject, layer, rest), core)
}

const ENDED = Promise.resolve()

function runHandler<Subject extends Chained>(subject: Subject, handler: (subject: Subject) => unknown): Ending {
  try {
    const result = handler(subject)
    if (!isThenable(result)) return void subject.settle(result)
    return Promise.resolve(result).then(
      (value) => settle(subject, value),
      (error) => subject.fail(error),
    )
  } catch (error) {
    return void subject.fail(error)
  }
}

/** A value that throws when it is looked at would reject the chain, which nobody catches. */
function settle(subject: Chained, value: unknown): void {
  try {
    subject.settle(value)
  } catch (error) {
    subject.fail(error)
  }
}

function runLayer<Subject extends Chained>(subject: Subject, layer: Layer<Subject>, rest: Chain<Subject>): Ending {
  let wasCalled = false
  let restEnding: Ending
  const next: Next = () => {
    if (wasCalled) throw new Error('next() was called twice')
    wasCalled = true
    // Who has its answer already was stopped, perhaps by an abort whose result was not returned: it goes no further.
    if (subject.response === undefined) restEnding = rest(subject)
    return restEnding ?? ENDED
  }
  try {
    const result = layer(subject, next)
    if (result === restEnding || result === ENDED || !isThenable(result)) return restEnding
    return Promise.resolve(result).then(
      () => (subject.response === undefined ? restEnding : undefined),
      (error) => subject.fail(error),
    )
  } catch (error) {
    subject.fail(error)
    return restEnding
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
