import type { RowFilter } from '../timeline/rows.ts'

/** What a reload keeps. */
export interface Stored {
  readonly theme: Theme
  readonly cmd: string
  /** Text of each command's data that was edited, by `cmd`; the latest last. */
  readonly drafts: readonly (readonly [string, string])[]
  readonly lanes: readonly { readonly name: string; readonly isPanelOpen: boolean }[]
  readonly filter: RowFilter
}

export type Theme = 'system' | 'light' | 'dark'

/** Most drafts that are kept. */
export const MAX_DRAFTS = 100

/** Reads what an earlier visit left; nothing when there was none, or the browser keeps nothing. */
export function readStored(storage: () => Storage, key: string): Partial<Stored> {
  try {
    return JSON.parse(storage().getItem(key) ?? '{}') as Partial<Stored>
  } catch {
    return {}
  }
}

/** Leaves something for the next visit, if the browser lets it. */
export function writeStored(storage: () => Storage, key: string, value: unknown): void {
  try {
    storage().setItem(key, JSON.stringify(value))
  } catch {
    // Full, or forbidden: the page works without.
  }
}
