import { isReservedCmd, STATUS } from '@wsrv/protocol'
import { textOf, type WireMessage } from '../wire/message.ts'
import { type Entry, messagesOf } from './entry.ts'
import type { Timeline } from './timeline.ts'

/** A line of the list: an entry, or one item of a stream under its call. */
export interface Row {
  readonly entry: Entry
  readonly item?: WireMessage
}

/** Which kinds of rows are shown, and which words they must hold. */
export interface RowFilter {
  readonly calls: boolean
  readonly pushes: boolean
  readonly pulse: boolean
  readonly protocol: boolean
  readonly events: boolean
  readonly failedOnly: boolean
  readonly words: string
}

export const SHOW_ALL: RowFilter = {
  calls: true,
  pushes: true,
  pulse: true,
  protocol: true,
  events: true,
  failedOnly: false,
  words: '',
}

/** Rows of a timeline that a filter lets through, kept up with as it grows. */
export class Rows {
  rows: Row[] = []
  readonly #timeline: Timeline
  #filter: RowFilter = SHOW_ALL
  #expanded: ReadonlySet<number> = new Set()
  #read = 0
  #rewrites = -1
  #resets = -1

  constructor(timeline: Timeline) {
    this.#timeline = timeline
  }

  /** Brings the rows up to date. */
  update(filter: RowFilter, expanded: ReadonlySet<number>): readonly Row[] {
    const isSame = filter === this.#filter && expanded === this.#expanded
    const { entries, rewrites, resets } = this.#timeline
    // An answer can move a row in or out only when rows are chosen by what answers say.
    const depends = filter.failedOnly || filter.words !== '' || expanded.size > 0
    if (!isSame || resets !== this.#resets || (depends && rewrites !== this.#rewrites)) {
      this.rows = []
      this.#read = 0
    }
    this.#filter = filter
    this.#expanded = expanded
    this.#rewrites = rewrites
    this.#resets = resets
    const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean)
    for (; this.#read < entries.length; this.#read += 1) this.#take(entries[this.#read] as Entry, words)
    return this.rows
  }

  #take(entry: Entry, words: readonly string[]): void {
    if (!isShown(entry, this.#filter) || !words.every((word) => searchText(entry).includes(word))) return
    this.rows.push({ entry })
    if (entry.kind !== 'call' || !this.#expanded.has(entry.id)) return
    for (const item of entry.items) this.rows.push({ entry, item })
  }
}

function isShown(entry: Entry, filter: RowFilter): boolean {
  if (filter.failedOnly && !isFailed(entry)) return false
  switch (entry.kind) {
    case 'call':
      return isReservedCmd(entry.request.cmd ?? '') ? filter.protocol : filter.calls
    case 'push':
      return isReservedCmd(entry.message.cmd ?? '') ? filter.protocol : filter.pushes
    case 'pulse':
      return filter.pulse
    case 'stray':
      return true
    case 'event':
      return filter.events
  }
}

/** Whether something went wrong there. */
function isFailed(entry: Entry): boolean {
  if (entry.kind === 'call') return entry.lost !== undefined || (entry.response?.status ?? STATUS.ok) !== STATUS.ok
  return entry.kind === 'stray'
}

/** Characters of each message that are searched; a flood of large messages must not make typing slow. */
const SEARCHED_CHARS = 10_000

function searchText(entry: Entry): string {
  return messagesOf(entry)
    .map(({ payload }) => textOf(payload).slice(0, SEARCHED_CHARS))
    .join('\n')
    .toLowerCase()
}
