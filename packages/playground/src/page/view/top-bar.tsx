import type { JSX } from 'preact'
import type { Theme } from '../state/stored.ts'
import { Icon, IconButton, type IconName } from './icon.tsx'
import { useWorkspace } from './workspace-context.ts'

const NEXT_THEME = { system: 'light', light: 'dark', dark: 'system' } as const satisfies Record<Theme, Theme>
const THEME_ICONS = { system: 'system', light: 'sun', dark: 'moon' } as const satisfies Record<Theme, IconName>

/** What the page is of, and what concerns all of it. */
export function TopBar(): JSX.Element {
  const workspace = useWorkspace()
  const { setup, server, theme } = workspace
  const count = workspace.lanes.value.filter(({ connection }) => connection !== undefined).length
  return (
    <header class="top-bar">
      <h1>
        <span class="logo" aria-hidden="true">
          <Icon name="call" />
        </span>
        {setup.title ?? 'wsrv'} <span class="dim">playground</span>
      </h1>
      <code class="url" title={server}>
        {server}
      </code>
      <div class="buttons">
        <button
          type="button"
          class="quiet"
          onClick={() => workspace.addLane().connection?.connect()}
          disabled={count >= MAX_LANES}
        >
          <Icon name="add" /> Connection
        </button>
        <IconButton
          icon={THEME_ICONS[theme.value]}
          label={`Theme: ${theme.value}`}
          onClick={() => {
            theme.value = NEXT_THEME[theme.value]
          }}
        />
        <IconButton
          icon="help"
          label="Keyboard shortcuts"
          onClick={() => {
            workspace.isHelpOpen.value = true
          }}
        />
      </div>
    </header>
  )
}

/** Columns that still can be read; a browser also bounds its sockets. */
const MAX_LANES = 8
