import type { Link } from './link.ts'

/** The parts of messages that the checks look at. */
interface Message {
  readonly cmd: string
  readonly status?: number
  readonly data?: {
    readonly auth?: string
    readonly session?: {
      readonly sid?: string
      readonly token?: string
      readonly holder?: string
      readonly try?: number
      readonly resumed?: boolean
      readonly why?: string
    }
  }
}

/** What a thief could have copied. */
export interface Stolen {
  readonly sid: string
  readonly token: string
  readonly holder: string
  readonly identity: string
}

interface Attempt {
  readonly sid: string
  readonly try: number
  readonly identity: string
}

/** What a {@link WireWatch} asks of the world. */
export interface WireWatchOptions {
  readonly bad: (why: string) => void
  /** Whether a link is the one that its client uses now. */
  readonly isCurrent: (link: Link) => boolean
  /** Whether the server still has a session. */
  readonly has: (sid: string) => boolean
  readonly granted: (sid: string) => void
}

/**
 * The three checks that need to see the wire: the newest attempt of the rightful holder is never refused, a late attempt never
 * takes the session from a newer one, a window never ends an attached session. And: no copied token ever resumes.
 */
export class WireWatch {
  readonly #options: WireWatchOptions
  /** What each link asked for last. */
  readonly #asked = new Map<
    Link,
    { readonly sid: string | undefined; readonly try: number; readonly identity: string }
  >()
  /** The highest attempt that was granted, and the link that has it, by sid. */
  readonly #granted = new Map<string, { readonly try: number; readonly link: Link; readonly identity: string }>()
  /** What a thief could have copied. */
  readonly stolen: Stolen[] = []
  readonly holders = new Map<number, string>()

  constructor(options: WireWatchOptions) {
    this.#options = options
  }

  /** A message of the client is about to arrive. */
  asked(link: Link, text: string): void {
    const { session, auth = '' } = parse(text)?.data ?? {}
    if (session === undefined) return
    if (session.holder !== undefined && link.tab >= 0) this.holders.set(link.tab, session.holder)
    this.#asked.set(link, { sid: session.sid, try: session.try ?? 0, identity: auth })
  }

  /** The server has written a message. */
  wrote(link: Link, text: string): void {
    const message = parse(text)
    const session = message?.data?.session
    const asked = this.#asked.get(link)
    if (message?.cmd !== '$hello' || session?.sid === undefined || asked === undefined) return
    const { identity } = asked
    if (session.resumed === true) this.#resumed(link, { ...asked, sid: session.sid })
    else {
      if (session.why === 'unknown') this.#refused(link, { ...asked, sid: asked.sid ?? '' })
      this.#options.granted(session.sid)
      this.#granted.set(session.sid, { try: 0, link, identity })
    }
    const holder = this.holders.get(link.tab)
    if (session.token !== undefined && holder !== undefined)
      this.stolen.push({ sid: session.sid, token: session.token, holder, identity })
  }

  /** The server closes a link, for another has its session. */
  refusedAsLate(link: Link): void {
    const asked = this.#asked.get(link)
    if (asked?.sid !== undefined && this.#options.isCurrent(link))
      this.#options.bad(`the newest attempt of tab ${link.tab} is called late`)
  }

  /** A session has ended. */
  ended(sid: string, reason: string): void {
    const link = this.#granted.get(sid)?.link
    if (reason === 'not resumed in time' && link?.isServerOpen)
      this.#options.bad(`the window of ${sid} ended it attached`)
  }

  #refused(link: Link, { sid, identity }: Attempt): void {
    const { bad, isCurrent, has } = this.#options
    if (isCurrent(link) && identity === this.#granted.get(sid)?.identity && has(sid))
      bad(`the newest attempt of tab ${link.tab} is refused though ${sid} lives`)
  }

  #resumed(link: Link, { sid, try: attempt, identity }: Attempt): void {
    const { bad } = this.#options
    if (link.tab < 0) bad(`a copied token resumed ${sid}`)
    const before = this.#granted.get(sid)
    if (before !== undefined && attempt <= before.try) bad(`attempt ${attempt} took ${sid} from attempt ${before.try}`)
    // The swap is done in this very tick.
    queueMicrotask(() => {
      if (before?.link.isServerOpen && before.link !== link)
        bad(`link ${before.link.id} is still served beside ${link.id}`)
    })
    this.#granted.set(sid, { try: attempt, link, identity })
  }
}

function parse(text: string): Message | undefined {
  if (!text.includes('"$hello"')) return undefined
  try {
    return JSON.parse(text) as Message
  } catch {
    return undefined
  }
}
