import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Member } from '../contract/catalog.ts'
import { Icon } from './icon.tsx'
import { useWorkspace } from './workspace-context.ts'

/** Commands and pushes of the contract, to search and to choose from. */
export function MemberList(): JSX.Element {
  const workspace = useWorkspace()
  const { query, found, cmd } = workspace
  const members = found.value
  return (
    <section class="member-list" aria-label="Commands and pushes">
      <input
        id="search"
        type="search"
        placeholder="Search"
        aria-label="Search commands and pushes"
        aria-keyshortcuts="/"
        value={query.value}
        onInput={({ currentTarget }) => {
          query.value = currentTarget.value
        }}
        onKeyDown={(event) => step(event, members, cmd.value, (next) => workspace.select(next))}
      />
      <p class="count" role="status">
        {countText(members)}
      </p>
      <div class="members">
        <MemberGroup title="Commands" members={members.filter(({ kind }) => kind === 'command')} />
        <MemberGroup title="Pushes" members={members.filter(({ kind }) => kind === 'push')} />
        <MemberGroup title="Without the contract" members={[]} hasRaw />
      </div>
    </section>
  )
}

interface MemberGroupProps {
  readonly title: string
  readonly members: readonly Member[]
  readonly hasRaw?: boolean
}

function MemberGroup({ title, members, hasRaw = false }: MemberGroupProps): JSX.Element | null {
  if (members.length === 0 && !hasRaw) return null
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {members.map((member) => (
          <MemberItem key={member.cmd} cmd={member.cmd} member={member} />
        ))}
        {hasRaw && <MemberItem cmd="" />}
      </ul>
    </>
  )
}

function MemberItem({ cmd, member }: { readonly cmd: string; readonly member?: Member }): JSX.Element {
  const workspace = useWorkspace()
  const isCurrent = workspace.cmd.value === cmd
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isCurrent) button.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  const stem = cmd.slice(0, cmd.lastIndexOf('.') + 1)
  return (
    <li>
      <button
        ref={button}
        type="button"
        class="member"
        aria-current={isCurrent ? 'true' : undefined}
        title={member?.description}
        onClick={() => workspace.select(cmd)}
      >
        <span class={`kind ${member?.kind ?? 'raw'}`}>
          <Icon name={kindIcon(member)} />
        </span>
        <span class={`name ${member?.deprecated === undefined ? '' : 'deprecated'}`}>
          {cmd === ''
            ? 'Raw message'
            : [
                <span key="stem" class="dim">
                  {stem}
                </span>,
                cmd.slice(stem.length),
              ]}
        </span>
        {member?.deprecated !== undefined && <span class="tag">deprecated</span>}
      </button>
    </li>
  )
}

function kindIcon(member: Member | undefined): 'call' | 'push' | 'edit' {
  if (member === undefined) return 'edit'
  return member.kind === 'command' ? 'call' : 'push'
}

function countText(members: readonly Member[]): string {
  if (members.length === 0) return 'Nothing found'
  const commands = members.filter(({ kind }) => kind === 'command').length
  const pushes = members.length - commands
  return `${commands} ${commands === 1 ? 'command' : 'commands'}, ${pushes} ${pushes === 1 ? 'push' : 'pushes'}`
}

/** Arrow keys in the search field walk through what was found; Enter goes on to the call. */
function step(event: KeyboardEvent, members: readonly Member[], cmd: string, select: (cmd: string) => void): void {
  const at = members.findIndex((member) => member.cmd === cmd)
  const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }
  const move = moves[event.key]
  if (move !== undefined) {
    event.preventDefault()
    const next = members[Math.min(members.length - 1, Math.max(0, at === -1 ? 0 : at + move))]
    if (next !== undefined) select(next.cmd)
  } else if (event.key === 'Enter') {
    const [first] = members
    if (at === -1 && first !== undefined) select(first.cmd)
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.form input, .form select, .cm-content')?.focus())
  }
}
