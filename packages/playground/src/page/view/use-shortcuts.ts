import { useEffect } from 'preact/hooks'
import type { Workspace } from '../state/workspace.ts'

/** Lets keys work from anywhere on the page; those of a single letter not while something is typed. */
export function useShortcuts(workspace: Workspace): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const action = actionFor(event, workspace)
      if (action === undefined) return
      event.preventDefault()
      action()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [workspace])
}

function actionFor(event: KeyboardEvent, workspace: Workspace): (() => void) | undefined {
  const { key, code, altKey, ctrlKey, metaKey } = event
  if ((ctrlKey || metaKey) && key === 'Enter') return () => workspace.send()
  if (altKey && /^Digit[1-8]$/.test(code)) return () => chooseLane(workspace, Number(code.at(-1)))
  if (altKey || ctrlKey || metaKey || isTyping(event.target) || workspace.isHelpOpen.peek()) return undefined
  return LETTERS.get(key)?.(workspace)
}

const LETTERS: ReadonlyMap<string, (workspace: Workspace) => () => void> = new Map([
  ['/', (workspace) => () => show(workspace, 'list', '#search')],
  ['e', (workspace) => () => show(workspace, 'call', '.form input, .form select, .cm-content')],
  ['t', (workspace) => () => show(workspace, 'lanes', '[role=listbox]')],
  [
    'p',
    ({ isPaused }) =>
      () => {
        isPaused.value = !isPaused.value
      },
  ],
  [
    '?',
    ({ isHelpOpen }) =>
      () => {
        isHelpOpen.value = true
      },
  ],
])

function show(workspace: Workspace, pane: Workspace['pane']['value'], selector: string): void {
  workspace.pane.value = pane
  const target = document.querySelector<HTMLElement>(selector)
  target?.focus() // at once, so that the next key goes there
  if (document.activeElement !== target)
    requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus()) // a phone shows the pane first
}

function chooseLane(workspace: Workspace, number: number): void {
  const lane = workspace.lanes.peek().filter(({ connection }) => connection !== undefined)[number - 1]
  if (lane !== undefined) workspace.activeId.value = lane.id
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable=true]') !== null
}
