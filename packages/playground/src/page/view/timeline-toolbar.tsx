import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { exportRecording, importRecording } from '../state/recordings.ts'
import type { RowFilter } from '../timeline/rows.ts'
import { IconButton } from './icon.tsx'
import { useWorkspace } from './workspace-context.ts'

type Flag = Exclude<keyof RowFilter, 'words'>

const FLAGS: readonly (readonly [Flag, string])[] = [
  ['calls', 'Calls'],
  ['pushes', 'Pushes'],
  ['pulse', 'Heartbeats'],
  ['protocol', '$'],
  ['events', 'Events'],
  ['failedOnly', 'Failed only'],
]

/** What is shown of every timeline, and what can be done with all of them. */
export function TimelineToolbar(): JSX.Element {
  const workspace = useWorkspace()
  const { filter, isPaused, lanes } = workspace
  const file = useRef<HTMLInputElement>(null)
  const problem = useSignal('')
  const set = (change: Partial<RowFilter>): void => {
    filter.value = { ...filter.value, ...change }
  }
  return (
    <div class="toolbar">
      <fieldset class="filters">
        <legend class="hidden">Show</legend>
        {FLAGS.map(([flag, label]) => (
          <button
            key={flag}
            type="button"
            class="chip"
            aria-label={flag === 'protocol' ? 'Protocol' : undefined}
            aria-pressed={filter.value[flag]}
            onClick={() => set({ [flag]: !filter.value[flag] })}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <input
        type="search"
        class="words"
        placeholder="Search"
        aria-label="Search messages"
        value={filter.value.words}
        onInput={({ currentTarget }) => set({ words: currentTarget.value })}
      />
      <div class="buttons">
        <IconButton
          icon={isPaused.value ? 'play' : 'pause'}
          label={isPaused.value ? 'Go on' : 'Pause'}
          isPressed={isPaused.value}
          onClick={() => {
            isPaused.value = !isPaused.value
          }}
        />
        <IconButton
          icon="trash"
          label="Clear"
          onClick={() => {
            for (const lane of lanes.value) {
              lane.timeline.clear()
              lane.touch()
            }
          }}
        />
        <IconButton icon="export" label="Export as a recording" onClick={() => exportRecording(workspace)} />
        <IconButton icon="import" label="Import a recording" onClick={() => file.current?.click()} />
      </div>
      <input
        ref={file}
        type="file"
        class="hidden"
        tabIndex={-1}
        accept=".jsonl,.ndjson,application/jsonl"
        aria-label="Recording to import"
        onChange={({ currentTarget }) => {
          const [chosen] = currentTarget.files ?? []
          if (chosen === undefined) return
          currentTarget.value = ''
          void importRecording(workspace, chosen).then((wrong) => {
            problem.value = wrong ?? ''
          })
        }}
      />
      <p class="issue" role="status">
        {problem.value}
      </p>
    </div>
  )
}
