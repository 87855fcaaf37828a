import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { PlaygroundSetup } from '../../setup.ts'
import { Catalog, dataSchema, type Member } from '../contract/catalog.ts'
import { findIssues, type Issue } from '../form/find-issues.ts'
import { initialValue } from '../form/initial-value.ts'
import { readHash, writeHash } from '../share/link.ts'
import { type RowFilter, SHOW_ALL } from '../timeline/rows.ts'
import { type Draft, draftOf, withText } from './draft.ts'
import { Lane } from './lane.ts'
import { MAX_DRAFTS, readStored, type Stored, type Theme, writeStored } from './stored.ts'

/** Which part of the page a phone shows. */
export type Pane = 'list' | 'call' | 'lanes'

/** Everything that the page shows and remembers. */
export class Workspace {
  readonly setup: PlaygroundSetup
  readonly catalog: Catalog
  /** WebSocket URL of the server. */
  readonly url: string
  /** The server's address for people; another than {@link url} where that only leads to it. */
  readonly server: string
  readonly theme: Signal<Theme>
  readonly query: Signal<string> = signal('')
  /** Name of the command or push that is looked at; `''` for raw messages. */
  readonly cmd: Signal<string>
  readonly lanes: Signal<readonly Lane[]> = signal([])
  readonly activeId: Signal<number> = signal(1)
  readonly filter: Signal<RowFilter>
  readonly isPaused: Signal<boolean> = signal(false)
  readonly pane: Signal<Pane> = signal('call')
  readonly isHelpOpen: Signal<boolean> = signal(false)
  readonly found: ReadonlySignal<readonly Member[]> = computed(() => this.catalog.search(this.query.value))
  readonly member: ReadonlySignal<Member | undefined> = computed(() => this.catalog.find(this.cmd.value))
  readonly draft: ReadonlySignal<Draft> = computed(() => this.#drafts.value.get(this.cmd.value) ?? this.#newDraft())
  readonly issues: ReadonlySignal<readonly Issue[]> = computed(() => this.#findIssues())
  readonly #drafts: Signal<ReadonlyMap<string, Draft>> = signal(new Map())
  #lastLaneId = 0

  constructor(setup: PlaygroundSetup, page: Location) {
    this.setup = setup
    this.catalog = new Catalog(setup.contract)
    this.url = webSocketUrl(setup.url, page)
    this.server = setup.server ?? this.url
    const key = `wsrv-playground:${page.pathname}`
    const stored = readStored(() => localStorage, key)
    this.theme = signal(stored.theme ?? 'system')
    this.filter = signal({ ...SHOW_ALL, ...stored.filter })
    this.cmd = signal(stored.cmd ?? this.catalog.members[0]?.cmd ?? '')
    this.#drafts.value = new Map((stored.drafts ?? []).map(([cmd, text]) => [cmd, withText({ value: {} }, text)]))
    for (const lane of stored.lanes ?? [{ name: 'A', isPanelOpen: false }]) this.addLane(lane.name, lane.isPanelOpen)
    this.follow(page.hash)
    this.#rememberAuth(`${key}:auth`)
    effect(() => writeStored(() => localStorage, key, this.#toStored()))
  }

  /** The connection that calls leave on. */
  get activeLane(): Lane | undefined {
    const lanes = this.lanes.value.filter(({ connection }) => connection !== undefined)
    return lanes.find(({ id }) => id === this.activeId.value) ?? lanes[0]
  }

  /** Adds a connection. */
  addLane(name: string = this.#newName(), isPanelOpen = false): Lane {
    const lane = new Lane({
      id: this.#nextLaneId(),
      name,
      url: this.url,
      contractHash: this.setup.contract?.hashes?.hash,
    })
    lane.isPanelOpen.value = isPanelOpen
    this.lanes.value = [...this.lanes.peek(), lane]
    return lane
  }

  /** Adds a lane that only shows what was recorded. */
  addRecordingLane(name: string): Lane {
    const lane = new Lane({ id: this.#nextLaneId(), name })
    this.lanes.value = [...this.lanes.peek(), lane]
    return lane
  }

  removeLane(lane: Lane): void {
    lane.connection?.disconnect()
    this.lanes.value = this.lanes.peek().filter((one) => one !== lane)
  }

  /** Shows a command or push. */
  select(cmd: string): void {
    this.cmd.value = cmd
    this.pane.value = 'call'
  }

  editValue(value: unknown): void {
    this.#setDraft(this.cmd.peek(), draftOf(value))
  }

  editText(text: string): void {
    this.#setDraft(this.cmd.peek(), withText(this.draft.peek(), text))
  }

  /** Fills in a call, to be looked at before it is sent. */
  fill(cmd: string, value: unknown): void {
    this.#setDraft(cmd, draftOf(value))
    this.select(cmd)
  }

  /** The draft as it is before it was edited. */
  resetDraft(): void {
    const drafts = new Map(this.#drafts.peek())
    drafts.delete(this.cmd.peek())
    this.#drafts.value = drafts
  }

  /** Sends the draft on a lane: what its text says, or as it is when it is a raw message. */
  send(lane: Lane | undefined = this.activeLane): void {
    const { text, value, problem } = this.draft.peek()
    const cmd = this.cmd.peek()
    if (cmd === '') lane?.connection?.sendRaw(text)
    else if (problem === undefined) lane?.connection?.call(cmd, value)
  }

  /** Does what a link says: shows a command and fills in its data. */
  follow(hash: string): void {
    const shared = readHash(hash)
    if (shared === undefined) return
    if (shared.data !== undefined) this.#setDraft(shared.cmd, withText({ value: {} }, shared.data))
    this.cmd.value = shared.cmd
  }

  /** The part behind `#` of a link to what is shown. */
  get hash(): string {
    return writeHash({ cmd: this.cmd.value, data: compact(this.draft.value) })
  }

  #newDraft(): Draft {
    const member = this.member.value
    if (member === undefined && this.cmd.value === '') return withText({ value: {} }, RAW_EXAMPLE)
    return draftOf(member === undefined ? {} : initialValue(dataSchema(member), this.catalog.types))
  }

  #findIssues(): readonly Issue[] {
    const member = this.member.value
    if (member?.kind !== 'command') return []
    return findIssues(member.request, this.draft.value.value, this.catalog.types)
  }

  #setDraft(cmd: string, draft: Draft): void {
    const drafts = [...this.#drafts.peek()].filter(([name]) => name !== cmd)
    this.#drafts.value = new Map([...drafts, [cmd, draft] as const].slice(-MAX_DRAFTS))
  }

  #newName(): string {
    const taken = this.lanes.peek().map(({ name }) => name.peek())
    return LANE_NAMES.find((name) => !taken.includes(name)) ?? `${taken.length + 1}`
  }

  #nextLaneId(): number {
    this.#lastLaneId += 1
    return this.#lastLaneId
  }

  #toStored(): Stored {
    return {
      theme: this.theme.value,
      cmd: this.cmd.value,
      drafts: [...this.#drafts.value].map(([cmd, { text }]) => [cmd, text]),
      lanes: this.lanes.value
        .filter(({ connection }) => connection !== undefined)
        .map(({ name, isPanelOpen }) => ({ name: name.value, isPanelOpen: isPanelOpen.value })),
      filter: { ...this.filter.value, words: '' },
    }
  }

  /** Credentials stay in this tab: in `sessionStorage`, which ends with it. */
  #rememberAuth(key: string): void {
    const stored = readStored(() => sessionStorage, key) as Readonly<Record<string, string>>
    for (const lane of this.lanes.peek()) lane.auth.value = stored[lane.id] ?? ''
    effect(() => {
      const auths = this.lanes.value.map(({ id, auth }) => [id, auth.value] as const)
      writeStored(() => sessionStorage, key, Object.fromEntries(auths.filter(([, auth]) => auth !== '')))
    })
  }
}

const LANE_NAMES: readonly string[] = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** What the editor for raw messages begins with. */
const RAW_EXAMPLE = '{"cmd":"ping","seqno":"playground-1","data":{}}'

function webSocketUrl(url: string, page: Location): string {
  if (!url.startsWith('/')) return url
  return `${page.protocol === 'https:' ? 'wss:' : 'ws:'}//${page.host}${url}`
}

function compact({ text, value, problem }: Draft): string {
  return problem === undefined ? JSON.stringify(value) : text
}
