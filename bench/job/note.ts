/** What every contestant's call carries there and back. */
export interface Note {
  readonly id: number
  readonly text: string
  readonly items: readonly Item[]
}

/** What makes a large note large: what people wrote. */
export interface Item {
  readonly id: number
  readonly from: string
  readonly text: string
}

/** What every contestant pushes. */
export interface News {
  readonly id: number
  readonly text: string
}

/** Text that only an echoed note has: the generator looks for it in each connection's first reply. */
export const REPLY_MARK = 'an echoed note'

/** Text that only a push has: how the generator tells it from a reply. */
export const PUSH_MARK = 'news for all'

/** About 60 bytes of JSON. */
export const SMALL_NOTE: Note = { id: 1001, text: `${REPLY_MARK}, ~60 B`, items: [] }

/** About 4 KiB of JSON. */
export const LARGE_NOTE: Note = {
  id: 1001,
  text: REPLY_MARK,
  items: Array.from({ length: 4 }, (_, id) => ({
    id,
    from: `person ${id}`,
    text: 'what somebody has to say, '.repeat(37),
  })),
}

/** About 60 bytes of JSON. */
export const NEWS: News = { id: 1001, text: `${PUSH_MARK}, about sixty bytes` }
