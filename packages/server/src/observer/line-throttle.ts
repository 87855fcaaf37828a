import type { Clock } from '@wsrv/protocol'

/** Keeps a log from being flooded: so many lines of one kind in a second are written, the others are counted. */
export class LineThrottle {
  readonly #clock: Clock
  readonly #perSecond: number
  readonly #kinds = new Map<string, Kind>()

  /** @param perSecond lines of one kind that are written in a second. */
  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock
    this.#perSecond = perSecond
  }

  /**
   * Asks for a line.
   *
   * @returns what to add to its facts: how many were left out since the last one, if any; `undefined` when this one is left out.
   */
  admit(kind: string): { readonly skipped?: number } | undefined {
    const second = Math.floor(this.#clock.now() / MS_PER_SECOND)
    const known = this.#kinds.get(kind) ?? this.#begin(kind, second)
    if (known.second !== second) {
      known.second = second
      known.lines = 0
    }
    known.lines += 1
    if (known.lines > this.#perSecond) {
      known.skipped += 1
      return undefined
    }
    const { skipped } = known
    known.skipped = 0
    return skipped === 0 ? NOTHING : { skipped }
  }

  #begin(kind: string, second: number): Kind {
    if (this.#kinds.size >= MAX_KINDS) this.#forgetPast(second)
    const fresh = { second, lines: 0, skipped: 0 }
    this.#kinds.set(kind, fresh)
    return fresh
  }

  #forgetPast(second: number): void {
    for (const [kind, known] of this.#kinds) if (known.second !== second) this.#kinds.delete(kind)
  }
}

interface Kind {
  second: number
  lines: number
  skipped: number
}

const NOTHING = {}
const MS_PER_SECOND = 1_000

/** Sessions come and go: those that said nothing in this second are forgotten when there are so many. */
const MAX_KINDS = 10_000
