import type { JSX } from 'preact'
import type { Lane } from '../state/lane.ts'
import { Inspector } from './inspector.tsx'
import { LaneHeader } from './lane-header.tsx'
import { LanePanel } from './lane-panel.tsx'
import { TimelineList } from './timeline-list.tsx'
import { useWorkspace } from './workspace-context.ts'

/** One connection: how it stands, what went over it, and the message that is looked at. */
export function LaneColumn({ lane }: { readonly lane: Lane }): JSX.Element {
  const workspace = useWorkspace()
  const isActive = workspace.activeLane === lane && workspace.lanes.value.length > 1
  // Everything below follows the lane, once a frame.
  void lane.changes.value
  return (
    <section class={isActive ? 'lane active' : 'lane'} aria-label={`Connection ${lane.name.value}`}>
      <LaneHeader lane={lane} />
      {lane.isPanelOpen.value && lane.connection !== undefined && (
        <LanePanel lane={lane} connection={lane.connection} />
      )}
      <TimelineList lane={lane} />
      <Inspector lane={lane} />
    </section>
  )
}
