import { ACK_BYTES, ACK_EVERY, ACK_RIDE, RESUME_WINDOW_MS, randomChars, type SessionRequest } from '@wsrv/protocol'

/**
 * The client's end of a session: what it counts, and what brings it back after a lost connection.
 *
 * Knows nothing of connections or calls. PROTOCOL.md §Sessions.
 */
export class Session {
  readonly #holder: string
  #sid = ''
  #token = ''
  #attempts = 0
  /** Number of the last counted message that came, and of the last that was acknowledged. */
  #seen = 0
  #acked = 0
  #pendingBytes = 0
  /** Number of the last counted request that left. */
  #sent = 0
  #ackEvery = ACK_EVERY
  #ackBytes = ACK_BYTES
  #windowMs = RESUME_WINDOW_MS

  /** @param random returns a number from 0 to below 1. */
  constructor(random: () => number) {
    this.#holder = randomChars(HOLDER_CHARS, random)
  }

  /** Whether there is one. */
  get isHeld(): boolean {
    return this.#sid !== ''
  }

  /** Time for which it outlives its connection, in ms. */
  get windowMs(): number {
    return this.#windowMs
  }

  /** Counted messages that came. */
  get seen(): number {
    return this.#seen
  }

  /** Counted requests that left. */
  get sent(): number {
    return this.#sent
  }

  /** What `$hello` asks for: a session, or this one. Each is an attempt of its own. */
  request(): SessionRequest {
    if (!this.isHeld) return { holder: this.#holder }
    this.#attempts += 1
    return { sid: this.#sid, token: this.#token, try: this.#attempts, seen: this.#seen, holder: this.#holder }
  }

  /** Takes what `$hello` was answered with. After `resumed`, {@link sent} is what the server has received. */
  begin(answer: unknown): Beginning {
    const { sid, token, resumed, received, ...grant } = Object(answer) as Readonly<Record<string, unknown>>
    const isResumed = resumed === true && this.isHeld && sid === this.#sid && isCount(received, this.#sent)
    if (!isResumed) this.forget()
    if (resumed === true && !isResumed) return 'odd'
    // Without both there is nothing to come back with.
    if (typeof sid !== 'string' || typeof token !== 'string') return 'none'
    this.#sid = sid
    this.#token = token
    this.#ackEvery = positive(grant['ackEvery'], ACK_EVERY)
    this.#ackBytes = positive(grant['ackBytes'], ACK_BYTES)
    this.#windowMs = positive(grant['windowMs'], RESUME_WINDOW_MS)
    if (!isResumed) return 'new'
    this.#sent = received
    return 'resumed'
  }

  /** Lets go of it. */
  forget(): void {
    this.#sid = this.#token = ''
    this.#attempts = this.#seen = this.#acked = this.#pendingBytes = this.#sent = 0
  }

  /** The number of a request that leaves now. */
  next(): number {
    this.#sent += 1
    return this.#sent
  }

  /**
   * Counts messages that came.
   *
   * @param count more than 1 for a gap.
   * @returns whether it is time to acknowledge.
   */
  came(bytes: number, count = 1): boolean {
    this.#seen += count
    this.#pendingBytes += bytes
    return this.#seen - this.#acked >= this.#ackEvery || this.#pendingBytes >= this.#ackBytes
  }

  /** What a request that leaves anyway carries: the number to acknowledge, when there are enough to. */
  ride(): number | undefined {
    return this.isHeld && this.#seen - this.#acked >= ACK_RIDE ? this.ack() : undefined
  }

  /** Whether anything is not acknowledged. */
  get isBehind(): boolean {
    return this.#seen > this.#acked
  }

  /** The number to acknowledge: it leaves now. */
  ack(): number {
    this.#acked = this.#seen
    this.#pendingBytes = 0
    return this.#seen
  }
}

/** What an answer to `$hello` begins: `odd` is a resume that cannot be, of a server that counts otherwise. */
export type Beginning = 'resumed' | 'new' | 'none' | 'odd'

/** 16 of 36 characters are 82 bits: a thief of the token cannot guess it. */
const HOLDER_CHARS = 16

function isCount(value: unknown, max: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max
}

function positive(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value > 0 ? value : otherwise
}
