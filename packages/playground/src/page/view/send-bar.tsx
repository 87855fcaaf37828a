import type { JSX } from 'preact'
import { clientCode, cliLine } from '../share/client-code.ts'
import { Icon, IconButton } from './icon.tsx'
import { useCopy } from './use-copy.ts'
import { useWorkspace } from './workspace-context.ts'

/** Sends the call, says what a server would object to, and copies the call in other forms. */
export function SendBar(): JSX.Element {
  const workspace = useWorkspace()
  const { lanes, draft, issues, cmd, member } = workspace
  const [copied, copy] = useCopy()
  const active = workspace.activeLane
  const open = lanes.value.filter(({ connection }) => connection !== undefined)
  const command = member.value?.kind === 'command' ? member.value : undefined
  const isUnsendable = draft.value.problem !== undefined && cmd.value !== ''
  return (
    <div class="send-bar">
      {open.length > 1 && (
        <label class="as">
          as{' '}
          <select
            aria-label="Send on connection"
            value={active?.id}
            onChange={({ currentTarget }) => {
              workspace.activeId.value = Number(currentTarget.value)
            }}
          >
            {open.map(({ id, name }) => (
              <option key={id} value={id}>
                {name.value}
              </option>
            ))}
          </select>
        </label>
      )}
      <button
        type="button"
        class="primary"
        disabled={active === undefined || isUnsendable}
        title="Ctrl + Enter"
        aria-keyshortcuts="Control+Enter"
        onClick={() => workspace.send()}
      >
        <Icon name="send" /> Send
      </button>
      <p class={issues.value.length > 0 ? 'verdict issue' : 'verdict dim'} role="status">
        {copied !== '' ? copied : verdict(isUnsendable, issues.value.length, command !== undefined)}
      </p>
      <div class="buttons">
        {command !== undefined && (
          <IconButton
            icon="code"
            label="Copy as client code"
            onClick={() => copy('Client code', clientCode(command, draft.value.value))}
          />
        )}
        {cmd.value !== '' && (
          <IconButton
            icon="terminal"
            label="Copy as CLI line"
            onClick={() => copy('CLI line', cliLine(cmd.value, draft.value.value, workspace.server))}
          />
        )}
        {cmd.value !== '' && (
          <IconButton
            icon="link"
            label="Copy link"
            onClick={() => copy('Link', `${location.href.split('#')[0]}${workspace.hash}`)}
          />
        )}
        <IconButton icon="redo" label="Reset the data" onClick={() => workspace.resetDraft()} />
      </div>
    </div>
  )
}

function verdict(isUnsendable: boolean, count: number, hasSchema: boolean): string {
  if (isUnsendable) return 'The data is not JSON'
  if (!hasSchema) return ''
  if (count === 0) return 'Matches the contract'
  return `${count} ${count === 1 ? 'problem' : 'problems'}; the server should refuse it`
}
