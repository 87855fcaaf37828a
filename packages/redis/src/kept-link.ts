import type { Clock, Timer } from '@wsrv/protocol'

/** How a link is opened again, and what is notified. */
export interface KeptLinkOptions<Link> {
  readonly clock: Clock
  /** Returns a number from 0 to below 1. */
  readonly random: () => number
  open(ended: (error: Error) => void): Promise<Link>
  /** Makes a fresh link useful; the link counts as open when this resolves, and is dropped when it rejects. */
  prepare(link: Link): Promise<void>
  /** The link is {@link KeptLink.current} now. */
  opened(): void
  /** An open link ended, or could not be opened for the first time since. */
  away(error: Error): void
}

/** A link that is opened again whenever it ends, with full jitter between a moment and {@link MAX_DELAY_MS}. */
export class KeptLink<Link extends { close(): void }> {
  /** The open link; `undefined` while there is none. */
  current: Link | undefined = undefined
  readonly #options: KeptLinkOptions<Link>
  #attempt: Attempt<Link> | undefined = undefined
  #failures = 0
  #timer: Timer | undefined
  #isClosed = false

  constructor(options: KeptLinkOptions<Link>) {
    this.#options = options
  }

  /** Begins to open the link; from then on it is opened again whenever it ends. */
  open(): void {
    const attempt: Attempt<Link> = { link: undefined, isOver: false }
    this.#attempt = attempt
    this.#open(attempt).catch((error: Error) => this.#ended(attempt, error))
  }

  /**
   * Ends a link that is of no use and opens another. Harmless once it has ended: commands of a dead link may fail seconds
   * later, and say nothing about the next one.
   */
  drop(error: Error, link: Link): void {
    const attempt = this.#attempt
    if (attempt?.link === link) this.#ended(attempt, error)
  }

  close(): void {
    this.#isClosed = true
    this.#options.clock.clearTimeout(this.#timer)
    this.#forget()
  }

  async #open(attempt: Attempt<Link>): Promise<void> {
    const link = await this.#options.open((error) => this.#ended(attempt, error))
    attempt.link = link
    if (attempt.isOver) return link.close()
    await this.#options.prepare(link)
    if (attempt.isOver) return
    this.#failures = 0
    this.current = link
    this.#options.opened()
  }

  #ended(attempt: Attempt<Link>, error: Error): void {
    if (attempt.isOver) return
    this.#forget()
    if (this.#isClosed) return
    if (this.#failures === 0) this.#options.away(error)
    this.#failures += 1
    const { clock, random } = this.#options
    const longestMs = Math.min(MAX_DELAY_MS, MIN_DELAY_MS * 2 ** (this.#failures - 1))
    this.#timer = clock.setTimeout(() => this.open(), random() * longestMs)
  }

  #forget(): void {
    const attempt = this.#attempt
    this.#attempt = undefined
    this.current = undefined
    if (attempt === undefined) return
    attempt.isOver = true
    attempt.link?.close()
  }
}

/** One link from the beginning of its opening to its end. */
interface Attempt<Link> {
  link: Link | undefined
  isOver: boolean
}

const MIN_DELAY_MS = 100
const MAX_DELAY_MS = 2_000
