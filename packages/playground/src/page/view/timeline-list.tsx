import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Lane } from '../state/lane.ts'
import type { Row } from '../timeline/rows.ts'
import { rowId, TimelineRow } from './timeline-row.tsx'
import { useTimelineKeys } from './use-timeline-keys.ts'
import { useVirtualizer } from './use-virtualizer.ts'
import { useWorkspace } from './workspace-context.ts'

const ROW_PX = 28
/** Nearer to the end than this, the list follows what comes. */
const FOLLOW_PX = ROW_PX * 2

/** The messages of a lane, newest at the end; it follows the end until the user scrolls away from it. */
export function TimelineList({ lane }: { readonly lane: Lane }): JSX.Element {
  const { filter, isPaused } = useWorkspace()
  const scroller = useRef<HTMLDivElement>(null)
  const isFollowing = useSignal(true)
  void lane.changes.value
  const rows = useFrozen(lane.rows.update(filter.value, lane.expanded.value), isPaused.value)
  const list = useVirtualizer(scroller, rows.length, ROW_PX)
  const height = list.getTotalSize()
  const onKeyDown = useTimelineKeys(lane, rows, (index) => list.scrollToIndex(index, { align: 'auto' }))
  const selectedAt = rows.findIndex((row) => row.entry.id === lane.selected.value && row.item === undefined)
  useLayoutEffect(() => {
    const { current } = scroller
    if (current !== null && isFollowing.value && !isPaused.value) current.scrollTop = current.scrollHeight
  }, [height, rows.length, isPaused.value])
  const unseen = isPaused.value ? lane.rows.update(filter.value, lane.expanded.value).length - rows.length : 0
  return (
    <div class="timeline-frame">
      <div
        ref={scroller}
        class="timeline"
        role="listbox"
        tabIndex={0}
        aria-label={`Messages of connection ${lane.name.value}`}
        aria-activedescendant={selectedAt === -1 ? undefined : rowId(lane, rows[selectedAt] as Row)}
        onKeyDown={onKeyDown}
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
          isFollowing.value = scrollTop + clientHeight >= scrollHeight - FOLLOW_PX
        }}
      >
        <div class="timeline-rows" style={{ height: `${height}px` }} role="presentation">
          {list.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]
            return (
              row && (
                <TimelineRow key={rowId(lane, row)} lane={lane} row={row} at={index} count={rows.length} top={start} />
              )
            )
          })}
        </div>
      </div>
      {rows.length === 0 && (
        <p class="empty">
          {lane.timeline.entries.length === 0 ? 'Nothing yet.' : 'Nothing that the filter lets through.'}
        </p>
      )}
      {unseen > 0 && <p class="unseen">{unseen} more since the pause</p>}
    </div>
  )
}

/** Rows as they were when the page was paused. */
function useFrozen(rows: readonly Row[], isFrozen: boolean): readonly Row[] {
  const kept = useRef<readonly Row[]>(rows)
  const wasFrozen = useRef(false)
  if (!isFrozen) kept.current = rows
  else if (!wasFrozen.current) kept.current = [...rows]
  useEffect(() => {
    wasFrozen.current = isFrozen
  })
  return kept.current
}
