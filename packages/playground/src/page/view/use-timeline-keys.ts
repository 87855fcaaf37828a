import type { Lane } from '../state/lane.ts'
import type { Row } from '../timeline/rows.ts'
import { readJson } from '../wire/message.ts'

/** Rows that PageUp and PageDown pass over. */
const PAGE_ROWS = 15

/** Lets the keyboard walk through a lane's rows, look into them and send them again. */
export function useTimelineKeys(
  lane: Lane,
  rows: readonly Row[],
  scrollTo: (index: number) => void,
): (event: KeyboardEvent) => void {
  const at = rows.findIndex((row) => row.entry.id === lane.selected.value && row.item === undefined)
  const choose = (index: number): void => {
    const to = Math.min(rows.length - 1, Math.max(0, index))
    const row = rows[to]
    if (row === undefined) return
    lane.selected.value = row.entry.id
    scrollTo(to)
  }
  const expand = (isExpanded: boolean): void => {
    const ids = new Set(lane.expanded.peek())
    const id = rows[at]?.entry.id
    if (id === undefined) return
    if (isExpanded) ids.add(id)
    else ids.delete(id)
    lane.expanded.value = ids
  }
  const actions: Readonly<Record<string, () => void>> = {
    ArrowDown: () => choose(at === -1 ? rows.length - 1 : nextEntry(rows, at, 1)),
    ArrowUp: () => choose(at === -1 ? rows.length - 1 : nextEntry(rows, at, -1)),
    PageDown: () => choose(at + PAGE_ROWS),
    PageUp: () => choose(at - PAGE_ROWS),
    Home: () => choose(0),
    End: () => choose(rows.length - 1),
    ArrowRight: () => expand(true),
    ArrowLeft: () => expand(false),
    Enter: () => document.querySelector<HTMLElement>(`#inspector-${lane.id} button`)?.focus(),
    Escape: () => {
      lane.selected.value = undefined
    },
    r: () => resend(lane, rows[at]),
  }
  return (event) => {
    const action = actions[event.key]
    if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    action()
  }
}

/** The next row that is an entry of its own. */
function nextEntry(rows: readonly Row[], at: number, step: 1 | -1): number {
  let index = at + step
  while (rows[index]?.item !== undefined) index += step
  return index
}

/** Sends a row's request again, under a seqno of its own. */
export function resend(lane: Lane, row: Row | undefined): void {
  if (row?.entry.kind !== 'call') return
  const { cmd, payload } = row.entry.request
  const {
    cmd: _cmd,
    seqno: _seqno,
    data = {},
    ...extra
  } = (readJson(payload) ?? {}) as Readonly<Record<string, unknown>>
  if (cmd !== undefined) lane.connection?.call(cmd, data, extra)
}
