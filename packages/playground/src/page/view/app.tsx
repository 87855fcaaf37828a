import { useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import type { Pane, Workspace } from '../state/workspace.ts'
import { Composer } from './composer.tsx'
import { Help } from './help.tsx'
import { Lanes } from './lanes.tsx'
import { MemberList } from './member-list.tsx'
import { TopBar } from './top-bar.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { WorkspaceContext } from './workspace-context.ts'

/** The whole page: what can be called, the next call, and what went over the wire. */
export function App({ workspace }: { readonly workspace: Workspace }): JSX.Element {
  useShortcuts(workspace)
  useSignalEffect(() => {
    const theme = workspace.theme.value
    document.documentElement.dataset['theme'] = theme
  })
  useSignalEffect(() => {
    if (workspace.hash !== location.hash) history.replaceState(history.state, '', workspace.hash)
  })
  return (
    <WorkspaceContext.Provider value={workspace}>
      <TopBar />
      <main class="panes" data-pane={workspace.pane.value}>
        <MemberList />
        <Composer />
        <Lanes />
      </main>
      <PaneTabs workspace={workspace} />
      <Help />
    </WorkspaceContext.Provider>
  )
}

const PANES: readonly (readonly [Pane, string])[] = [
  ['list', 'Commands'],
  ['call', 'Call'],
  ['lanes', 'Timeline'],
]

/** On a phone, one part at a time. */
function PaneTabs({ workspace }: { readonly workspace: Workspace }): JSX.Element {
  return (
    <nav class="pane-tabs" aria-label="Parts of the page">
      {PANES.map(([pane, label]) => (
        <button
          key={pane}
          type="button"
          aria-current={workspace.pane.value === pane ? 'page' : undefined}
          onClick={() => {
            workspace.pane.value = pane
          }}
        >
          {label}
        </button>
      ))}
    </nav>
  )
}
