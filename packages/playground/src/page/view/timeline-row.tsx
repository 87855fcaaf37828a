import { codeOfStatus, EXTENSION, MIN_APPLICATION_STATUS, STATUS } from '@wsrv/protocol'
import type { CommandContract } from '@wsrv/schema'
import type { JSX } from 'preact'
import type { Catalog } from '../contract/catalog.ts'
import type { Lane } from '../state/lane.ts'
import { type CallEntry, type Entry, latencyOf } from '../timeline/entry.ts'
import type { Row } from '../timeline/rows.ts'
import { dataOf, textOf, type WireMessage } from '../wire/message.ts'
import { formatBytes, formatMs, formatTime } from './format.ts'
import { Icon, type IconName } from './icon.tsx'
import { useWorkspace } from './workspace-context.ts'

interface TimelineRowProps {
  readonly lane: Lane
  readonly row: Row
  readonly at: number
  readonly count: number
  /** Where it is in the list, in px. */
  readonly top: number
}

/** The element of a row, for `aria-activedescendant`. */
export function rowId({ id }: Lane, { entry, item }: Row): string {
  const place = item !== undefined && entry.kind === 'call' ? `-${entry.items.indexOf(item)}` : ''
  return `row-${id}-${entry.id}${place}`
}

/** One line: when, what, how it ended, how long it took and how large it was. */
export function TimelineRow({ lane, row, at, count, top }: TimelineRowProps): JSX.Element {
  const { catalog } = useWorkspace()
  const { entry, item } = row
  void lane.changes.value // an answer changes its entry in place, so no property of the row says that it came
  const isSelected = lane.selected.value === entry.id && item === undefined
  const { icon, tone, name, detail, latency, bytes } =
    item === undefined ? describe(entry, catalog) : describeItem(item)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys belong to the list, which has the focus.
    <div
      id={rowId(lane, row)}
      class={`row ${entry.kind} ${tone} ${item === undefined ? '' : 'item'}`}
      role="option"
      tabIndex={-1}
      aria-selected={isSelected}
      aria-posinset={at + 1}
      aria-setsize={count}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => {
        lane.selected.value = isSelected ? undefined : entry.id
      }}
    >
      <time class="dim">{formatTime(item?.atMs ?? entry.atMs)}</time>
      <span class="row-icon">
        <Icon name={icon} />
      </span>
      <span class="row-name">{name}</span>
      <span class="row-detail">{detail}</span>
      <span class="row-latency">{latency}</span>
      <span class="row-bytes dim">{bytes}</span>
    </div>
  )
}

/** How a row looks. */
interface Look {
  readonly icon: IconName
  readonly tone: 'good' | 'application' | 'bad' | 'pending' | 'plain'
  readonly name: string
  readonly detail: string
  readonly latency: string
  readonly bytes: string
}

const PLAIN = { tone: 'plain', detail: '', latency: '', bytes: '' } as const

function describe(entry: Entry, catalog: Catalog): Look {
  switch (entry.kind) {
    case 'call':
      return describeCall(entry, catalog)
    case 'push': {
      const { cmd = '', bytes } = entry.message
      const isKnown = cmd.startsWith('$') || catalog.find(cmd) !== undefined || catalog.members.length === 0
      return {
        ...PLAIN,
        icon: 'push',
        name: cmd,
        detail: isKnown ? preview(entry.message) : 'not in the contract',
        bytes: formatBytes(bytes),
      }
    }
    case 'pulse':
      return describePulse(entry)
    case 'stray': {
      const { cmd, bytes, payload } = entry.message
      return {
        ...PLAIN,
        icon: 'alert',
        tone: 'bad',
        name: cmd || textOf(payload).slice(0, 40),
        detail: 'answers nothing',
        bytes: formatBytes(bytes),
      }
    }
    case 'event':
      return describeEvent(entry)
  }
}

function describeCall(entry: CallEntry, catalog: Catalog): Look {
  const { request, response, items, lost } = entry
  const latency = latencyOf(entry)
  const count = items.length === 0 ? '' : `${items.length} × item · `
  return {
    icon: 'call',
    tone: toneOf(entry),
    name: request.cmd || textOf(request.payload).slice(0, 40),
    detail: `${count}${lost ?? (response === undefined ? '…' : statusText(catalog, request.cmd, response.status))}`,
    latency: latency === undefined ? '' : formatMs(latency),
    bytes: formatBytes(request.bytes + (response?.bytes ?? 0) + items.reduce((sum, { bytes }) => sum + bytes, 0)),
  }
}

/** How a call ended, for its colour. */
function toneOf({ response, lost }: CallEntry): Look['tone'] {
  if (lost !== undefined) return 'bad'
  if (response?.status === undefined) return response === undefined ? 'pending' : 'bad'
  if (response.status === STATUS.ok) return 'good'
  return response.status >= MIN_APPLICATION_STATUS && response.status !== GO_FAILURE ? 'application' : 'bad'
}

/** Status of any error of a Go handler. PROTOCOL.md §Differences from the Go server. */
const GO_FAILURE = 999_999_999

/** A status with its name: `0 ok`, `1001 uid_taken`. */
function statusText(catalog: Catalog, cmd: string | undefined, status: number | undefined): string {
  if (status === undefined) return 'no status'
  const member = cmd === undefined ? undefined : catalog.find(cmd)
  return `${status} ${errorName(member?.kind === 'command' ? member : undefined, status) ?? codeOfStatus(status)}`
}

function errorName(command: CommandContract | undefined, status: number): string | undefined {
  return Object.entries(command?.errors ?? {}).find(([, error]) => error.status === status)?.[0]
}

function describePulse({ messages, lastRoundTripMs }: Entry & { kind: 'pulse' }): Look {
  const beats = messages.filter(({ isHeartbeat }) => isHeartbeat).length
  const pings = messages.filter(({ from, cmd }) => from === 'client' && cmd === EXTENSION.ping).length
  const acknowledged = messages.filter(({ cmd }) => cmd === EXTENSION.ack).length
  const parts = [
    beats > 0 && count(beats, 'heartbeat'),
    pings > 0 && count(pings, '$ping'),
    acknowledged > 0 && count(acknowledged, '$ack'),
  ].filter(Boolean)
  return {
    ...PLAIN,
    icon: 'pulse',
    name: parts.join(', '),
    latency: lastRoundTripMs === undefined ? '' : formatMs(lastRoundTripMs),
  }
}

function count(number: number, word: string): string {
  return number === 1 ? word : `${number} × ${word}`
}

function describeEvent({ event, close }: Entry & { kind: 'event' }): Look {
  if (event === 'open') return { ...PLAIN, icon: 'plug', tone: 'good', name: 'connected' }
  const isCalm = close === undefined || close.code === 1000 || close.code === 0
  return {
    ...PLAIN,
    icon: 'plug',
    tone: isCalm ? 'plain' : 'bad',
    name: 'closed',
    detail: close === undefined ? '' : `${close.code} ${close.reason}`,
  }
}

/** Data in a line. */
function preview(message: WireMessage): string {
  return JSON.stringify(dataOf(message) ?? '').slice(0, MAX_PREVIEW_CHARS)
}

const MAX_PREVIEW_CHARS = 200

function describeItem(item: NonNullable<Row['item']>): Look {
  return { ...PLAIN, icon: 'chevron', name: textOf(item.payload).slice(0, 200), bytes: formatBytes(item.bytes) }
}
