import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useWorkspace } from './workspace-context.ts'

const SHORTCUTS: readonly (readonly [string, string])[] = [
  ['/', 'search commands; ↑ ↓ choose, Enter goes on to the data'],
  ['Ctrl Enter', 'send, from anywhere'],
  ['Alt 1 … 8', 'choose the connection to send on'],
  ['e', 'go to the data'],
  ['t', 'go to the timeline'],
  ['p', 'pause or go on'],
  ['↑ ↓ PgUp PgDn Home End', 'in the timeline: choose a message'],
  ['→ ←', 'in the timeline: show or hide a stream’s items'],
  ['Enter Esc', 'in the timeline: look into a message, and leave it'],
  ['r', 'in the timeline: send the chosen request again'],
  ['?', 'this list'],
]

/** The keyboard's shortcuts. */
export function Help(): JSX.Element {
  const { isHelpOpen } = useWorkspace()
  const dialog = useRef<HTMLDialogElement>(null)
  const isOpen = isHelpOpen.value
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  return (
    <dialog
      ref={dialog}
      class="help"
      aria-labelledby="help-title"
      onClose={() => {
        isHelpOpen.value = false
      }}
    >
      <h2 id="help-title">Keyboard</h2>
      <dl>
        {SHORTCUTS.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit" class="primary">
          Close
        </button>
      </form>
    </dialog>
  )
}
