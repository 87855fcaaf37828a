import { type Labels, Series } from './series.ts'

/** How many observations were at most so large, for each set of labels. */
export class Histogram {
  readonly #bounds: readonly number[]
  readonly #buckets: Series
  readonly #sum: Series
  readonly #count: Series

  /** @param bounds of the buckets, ascending; `+Inf` is added. */
  constructor(name: string, bounds: readonly number[]) {
    this.#bounds = bounds
    this.#buckets = new Series(`${name}_bucket`)
    this.#sum = new Series(`${name}_sum`)
    this.#count = new Series(`${name}_count`)
  }

  observe(value: number, labels: Labels = {}): void {
    for (const bound of this.#bounds) this.#buckets.add(value <= bound ? 1 : 0, { ...labels, le: bound })
    this.#buckets.add(1, { ...labels, le: '+Inf' })
    this.#sum.add(value, labels)
    this.#count.add(1, labels)
  }

  write(): string {
    return this.#buckets.write() + this.#sum.write() + this.#count.write()
  }
}
