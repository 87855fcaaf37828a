import type { Next } from './handler.ts'
import type { RequestContext } from './request-context.ts'

/**
 * Runs a request's middleware and handler. Returns `undefined` when they have ended already, so that synchronous code
 * costs no promise; the promise never rejects.
 */
export type Dispatch = (c: RequestContext) => Promise<void> | undefined

/**
 * Builds the onion: each middleware runs around those behind it, and the handler is the core.
 *
 * A request has ended when every middleware has and there is an answer, though one may not have waited for its `next`.
 */
export function compose(
  middleware: readonly ((c: RequestContext, next: Next) => unknown)[],
  handler: (c: RequestContext) => unknown,
): Dispatch {
  const core: Dispatch = (c) => runHandler(c, handler)
  return middleware.reduceRight<Dispatch>((rest, run) => (c) => runMiddleware(c, run, rest), core)
}

const ENDED = Promise.resolve()

function runHandler(c: RequestContext, handler: (c: RequestContext) => unknown): Promise<void> | undefined {
  c.hasBegun = true
  try {
    const result = handler(c)
    if (!isThenable(result)) return void c.settle(result)
    return Promise.resolve(result).then(
      (value) => settle(c, value),
      (error) => c.fail(error),
    )
  } catch (error) {
    return void c.fail(error)
  }
}

/** A value that throws when it is looked at would reject the promise, which no one catches. */
function settle(c: RequestContext, value: unknown): void {
  try {
    c.settle(value)
  } catch (error) {
    c.fail(error)
  }
}

function runMiddleware(
  c: RequestContext,
  run: (c: RequestContext, next: Next) => unknown,
  rest: Dispatch,
): Promise<void> | undefined {
  let wasCalled = false
  let ending: Promise<void> | undefined
  const next: Next = () => {
    if (wasCalled) throw new Error('next() was called twice')
    wasCalled = true
    // Already answered, for example by an abort that was not returned: do not run the rest.
    if (c.response === undefined) ending = rest(c)
    return ending ?? ENDED
  }
  try {
    const result = run(c, next)
    if (result === ending || result === ENDED || !isThenable(result)) return ending
    return Promise.resolve(result).then(
      () => (c.response === undefined ? ending : undefined),
      (error) => c.fail(error),
    )
  } catch (error) {
    c.fail(error)
    return ending
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
