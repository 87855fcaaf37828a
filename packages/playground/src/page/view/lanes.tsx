import type { JSX } from 'preact'
import { LaneColumn } from './lane-column.tsx'
import { TimelineToolbar } from './timeline-toolbar.tsx'
import { useWorkspace } from './workspace-context.ts'

/** Every connection side by side, under what is common to them. */
export function Lanes(): JSX.Element {
  const { lanes } = useWorkspace()
  return (
    <section class="lanes" aria-label="Timeline">
      <TimelineToolbar />
      <div class="lane-row">
        {lanes.value.map((lane) => (
          <LaneColumn key={lane.id} lane={lane} />
        ))}
        {lanes.value.length === 0 && <p class="empty">No connection. Add one at the top.</p>}
      </div>
    </section>
  )
}
