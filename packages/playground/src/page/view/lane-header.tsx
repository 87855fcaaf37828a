import type { JSX } from 'preact'
import type { Lane } from '../state/lane.ts'
import type { Connection } from '../wire/connection.ts'
import { formatMs } from './format.ts'
import { IconButton } from './icon.tsx'
import { useWorkspace } from './workspace-context.ts'

/** A lane's name and state, and what is done most often with it. */
export function LaneHeader({ lane }: { readonly lane: Lane }): JSX.Element {
  const workspace = useWorkspace()
  const { connection, name, isPanelOpen } = lane
  void lane.changes.value
  return (
    <div class="lane-header">
      <span class={`dot ${connection?.state ?? 'recording'}`} aria-hidden="true" />
      <input
        type="text"
        class="lane-name"
        aria-label="Name of the connection"
        value={name.value}
        size={Math.max(2, name.value.length)}
        onFocus={() => {
          workspace.activeId.value = lane.id
        }}
        onInput={({ currentTarget }) => {
          name.value = currentTarget.value
        }}
      />
      <span class="lane-state" role="status">
        {stateText(connection)}
      </span>
      <div class="buttons">
        {connection !== undefined && <LinkButtons connection={connection} />}
        {connection !== undefined && (
          <IconButton
            icon="settings"
            label="Connection details"
            isExpanded={isPanelOpen.value}
            onClick={() => {
              isPanelOpen.value = !isPanelOpen.value
            }}
          />
        )}
        {(workspace.lanes.value.length > 1 || connection === undefined) && (
          <IconButton
            icon="trash"
            label={`Remove connection ${name.value}`}
            onClick={() => workspace.removeLane(lane)}
          />
        )}
      </div>
    </div>
  )
}

function LinkButtons({ connection }: { readonly connection: Connection }): JSX.Element {
  const canConnect = connection.state === 'closed' || connection.state === 'waiting'
  if (canConnect) return <IconButton icon="plug" label="Connect" onClick={() => connection.connect()} />
  return (
    <>
      <IconButton icon="drop" label="Drop the link" onClick={() => connection.drop()} />
      <IconButton icon="unplug" label="Disconnect" onClick={() => connection.disconnect()} />
    </>
  )
}

function stateText(connection: Connection | undefined): string {
  if (connection === undefined) return 'recording'
  const { state, lastClose, roundTrips, waiting } = connection
  const roundTrip = roundTrips.at(-1)
  const parts: readonly (string | false | undefined)[] = [
    STATES[state],
    (state === 'waiting' || state === 'closed') && lastClose && `${lastClose.code} ${lastClose.reason}`.trim(),
    state === 'open' && roundTrip && formatMs(roundTrip.ms),
    waiting > 0 && `${waiting} waiting`,
  ]
  return parts.filter(Boolean).join(' · ')
}

const STATES: Readonly<Record<Connection['state'], string>> = {
  closed: 'closed',
  connecting: 'connecting',
  greeting: '$hello …',
  open: 'open',
  waiting: 'reconnecting',
}
