import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { clientCode, cliLine } from '../share/client-code.ts'
import type { Lane } from '../state/lane.ts'
import { type CallEntry, type Entry, messagesOf } from '../timeline/entry.ts'
import { dataOf, textOf, type WireMessage } from '../wire/message.ts'
import { formatBytes, formatTime } from './format.ts'
import { Icon, IconButton } from './icon.tsx'
import { JsonEditor } from './json-editor.tsx'
import { useCopy } from './use-copy.ts'
import { resend } from './use-timeline-keys.ts'
import { useWorkspace } from './workspace-context.ts'

/** Messages of one entry that are shown whole; of a long stream, the last ones. */
const MAX_SHOWN = 20
/** Characters of a message that are laid out before the user asks for all. */
const MAX_SHOWN_CHARS = 100_000

/** The messages of the chosen row, whole, and what can be done with them. */
export function Inspector({ lane }: { readonly lane: Lane }): JSX.Element | null {
  void lane.changes.value
  const id = lane.selected.value
  const entry = id === undefined ? undefined : lane.timeline.find(id)
  if (entry === undefined) return null
  const messages = messagesOf(entry)
  return (
    <section
      class="inspector"
      id={`inspector-${lane.id}`}
      aria-label="Chosen message"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        lane.selected.value = undefined
        document
          .querySelector<HTMLElement>(`[aria-label="${CSS.escape(`Messages of connection ${lane.name.value}`)}"]`)
          ?.focus()
      }}
    >
      <Actions lane={lane} entry={entry} />
      <div class="inspected">
        {entry.kind === 'event' && (
          <p>
            {entry.close === undefined
              ? 'The connection opened.'
              : `Closed with ${entry.close.code}. ${entry.close.reason}`}
          </p>
        )}
        {messages.length > MAX_SHOWN && (
          <p class="dim">
            The last {MAX_SHOWN} of {messages.length} messages.
          </p>
        )}
        {messages.slice(-MAX_SHOWN).map((message) => (
          <Message key={`${message.from}${message.atMs}`} message={message} />
        ))}
      </div>
    </section>
  )
}

function Message({ message }: { readonly message: WireMessage }): JSX.Element {
  const isWhole = useSignal(false)
  const { from, atMs, bytes, isHeartbeat, payload } = message
  const text = pretty(payload)
  const isCut = !isWhole.value && text.length > MAX_SHOWN_CHARS
  const label = from === 'client' ? 'Sent' : 'Received'
  return (
    <article class={`message ${from}`}>
      <h3>
        {label}{' '}
        <span class="dim">
          {formatTime(atMs)} · {formatBytes(bytes)}
          {typeof payload !== 'string' && ' · binary'}
        </span>
      </h3>
      {isHeartbeat ? (
        <p class="dim">a heartbeat</p>
      ) : (
        <JsonEditor label={`${label} message`} text={isCut ? text.slice(0, MAX_SHOWN_CHARS) : text} isJson={!isCut} />
      )}
      {isCut && (
        <button type="button" class="quiet small" onClick={() => (isWhole.value = true)}>
          Show all {formatBytes(bytes)}
        </button>
      )}
    </article>
  )
}

function pretty(payload: WireMessage['payload']): string {
  const text = textOf(payload)
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}

function Actions({ lane, entry }: { readonly lane: Lane; readonly entry: Entry }): JSX.Element {
  const [copied, copy] = useCopy()
  return (
    <div class="inspector-bar">
      {entry.kind === 'call' && <CallActions lane={lane} entry={entry} copy={copy} />}
      <IconButton
        icon="copy"
        label="Copy the messages"
        onClick={() =>
          copy(
            'Messages',
            messagesOf(entry)
              .map(({ payload }) => textOf(payload))
              .join('\n'),
          )
        }
      />
      <span class="dim copied" role="status">
        {copied}
      </span>
      <IconButton
        icon="close"
        label="Close the message"
        onClick={() => {
          lane.selected.value = undefined
        }}
      />
    </div>
  )
}

interface CallActionsProps {
  readonly lane: Lane
  readonly entry: CallEntry
  readonly copy: (what: string, text: string) => void
}

function CallActions({ lane, entry, copy }: CallActionsProps): JSX.Element {
  const workspace = useWorkspace()
  const { request, response } = entry
  const { cmd, seqno } = request
  const member = cmd === undefined ? undefined : workspace.catalog.find(cmd)
  const isPending = response === undefined && entry.lost === undefined
  return (
    <>
      <button
        type="button"
        class="quiet small"
        disabled={lane.connection === undefined || cmd === undefined}
        onClick={() => resend(lane, { entry })}
      >
        <Icon name="redo" /> Send again
      </button>
      {cmd !== undefined && (
        <button type="button" class="quiet small" onClick={() => workspace.fill(cmd, dataOf(request) ?? {})}>
          <Icon name="edit" /> Edit
        </button>
      )}
      {isPending && lane.connection?.hello?.cancel && seqno !== undefined && (
        <button type="button" class="quiet small" onClick={() => lane.connection?.cancel(seqno)}>
          <Icon name="close" /> Cancel
        </button>
      )}
      {member?.kind === 'command' && (
        <IconButton
          icon="code"
          label="Copy as client code"
          onClick={() => copy('Client code', clientCode(member, dataOf(request) ?? {}))}
        />
      )}
      {cmd !== undefined && (
        <IconButton
          icon="terminal"
          label="Copy as CLI line"
          onClick={() => copy('CLI line', cliLine(cmd, dataOf(request) ?? {}, workspace.server))}
        />
      )}
    </>
  )
}
