/** Names and values of what tells one series of a name from another. */
export type Labels = Readonly<Record<string, string | number>>

/** The series of one name: a number for each set of labels. */
export class Series {
  readonly #name: string
  readonly #values = new Map<string, number>()

  constructor(name: string) {
    this.#name = name
  }

  add(amount: number, labels: Labels = {}): void {
    const key = writeLabels(labels)
    this.#values.set(key, (this.#values.get(key) ?? 0) + amount)
  }

  set(value: number, labels: Labels = {}): void {
    this.#values.set(writeLabels(labels), value)
  }

  /** A line each, in the Prometheus text format. */
  write(): string {
    return [...this.#values].map(([labels, value]) => `${this.#name}${labels} ${value}\n`).join('')
  }
}

function writeLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeValue(String(value))}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escapeValue(value: string): string {
  return value.replace(/[\\"\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`))
}
