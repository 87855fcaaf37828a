import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type Clock, systemClock } from '@wsrv/protocol'
import { Rows } from '../timeline/rows.ts'
import { Timeline } from '../timeline/timeline.ts'
import { Connection } from '../wire/connection.ts'
import { openSocket } from '../wire/stream-socket.ts'

/** A column of the page: a connection and what went over it, or a recording. */
export class Lane {
  readonly id: number
  readonly name: Signal<string>
  readonly timeline: Timeline = new Timeline()
  readonly rows: Rows = new Rows(this.timeline)
  /** `undefined` for a recording, which nothing can be sent on. */
  readonly connection: Connection | undefined
  /** Calls whose stream items are listed. */
  readonly expanded: Signal<ReadonlySet<number>> = signal(new Set())
  /** Id of the entry that is looked at. */
  readonly selected: Signal<number | undefined> = signal(undefined)
  readonly isPanelOpen: Signal<boolean> = signal(false)
  /** Credentials for `$hello`, as JSON; never stored but in this tab. */
  readonly auth: Signal<string> = signal('')
  readonly #changes: Signal<number> = signal(0)
  #frame: number | undefined

  constructor({ id, name, url, contractHash, clock = systemClock, random = Math.random }: LaneOptions) {
    this.id = id
    this.name = signal(name)
    if (url === undefined) return
    this.connection = new Connection({
      url,
      clock,
      random,
      openSocket,
      greeting: () => ({
        ...(contractHash !== undefined && { contract: contractHash }),
        ...(this.auth.peek() !== '' && { auth: this.authValue }),
      }),
      wallClockMs,
      message: (message) => {
        this.timeline.add(message)
        this.touch()
      },
      opened: () => this.timeline.addEvent('open', wallClockMs()),
      ended: (close) => {
        this.timeline.addEvent('close', wallClockMs(), close)
        this.touch()
      },
      changed: () => this.touch(),
    })
  }

  /** Credentials as they are typed: JSON, or else the text itself, as tokens are. */
  get authValue(): unknown {
    const text = this.auth.peek()
    try {
      return JSON.parse(text) as unknown
    } catch {
      return text
    }
  }

  /** Changes at most once a frame, after anything of the lane did. */
  get changes(): ReadonlySignal<number> {
    return this.#changes
  }

  /** Says that something has changed. */
  touch(): void {
    if (this.#frame !== undefined) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = undefined
      this.#changes.value += 1
    })
  }
}

/** What a lane is made of. */
export interface LaneOptions {
  readonly id: number
  readonly name: string
  /** Left out for a recording. */
  readonly url?: string
  readonly contractHash?: string | undefined
  readonly clock?: Clock
  readonly random?: () => number
}

/** Milliseconds since 1970, microseconds behind the point. */
function wallClockMs(): number {
  return performance.timeOrigin + performance.now()
}
