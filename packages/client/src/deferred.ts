/** A promise with its two ends apart. */
export interface Deferred<Value> {
  readonly promise: Promise<Value>
  resolve(value: Value): void
  reject(reason: unknown): void
}

/** Makes a {@link Deferred}: `Promise.withResolvers`, which Node 20 lacks. */
export function createDeferred<Value>(): Deferred<Value> {
  let ends: Pick<Deferred<Value>, 'resolve' | 'reject'> | undefined
  const promise = new Promise<Value>((resolve, reject) => {
    ends = { resolve, reject }
  })
  return { promise, ...(ends as unknown as Pick<Deferred<Value>, 'resolve' | 'reject'>) }
}
