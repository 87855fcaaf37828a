import { NO_CLOSE_FRAME, type Payload } from '@wsrv/protocol'
import { hideCredentials, type RecordedEvent, type RecordingLine, recordMessage } from '@wsrv/protocol/recording'
import { tapFrames } from './tap-frames.ts'

type Peer = 'client' | 'server'

/** One connection as it is written down. */
export class RecordedLink {
  /** Takes what the client sends. */
  readonly client: (chunk: Uint8Array) => void
  /** Takes what the server sends. */
  readonly server: (chunk: Uint8Array) => void
  readonly #number: number
  readonly #startedAt: number
  readonly #record: (line: RecordingLine) => void
  #close: Omit<RecordedEvent, 'at' | 'event'> | undefined
  #hasEnded = false

  /** @param number counted from 1. */
  constructor(number: number, startedAt: number, record: (line: RecordingLine) => void) {
    this.#number = number
    this.#startedAt = startedAt
    this.#record = record
    this.client = this.#tap('client')
    this.server = this.#tap('server')
    record({ ...this.#moment(), event: 'open' })
  }

  /** A socket has closed; the first close frame says why, if there was one. */
  ended(by: Peer): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#record({ ...this.#moment(), event: 'close', ...(this.#close ?? { code: NO_CLOSE_FRAME, reason: '', by }) })
  }

  #tap(from: Peer): (chunk: Uint8Array) => void {
    return tapFrames(from, {
      message: (payload: Payload) => this.#record(hideCredentials(recordMessage({ ...this.#moment(), from }, payload))),
      closing: (code, reason) => {
        this.#close ??= { code, reason, by: from }
      },
    })
  }

  #moment(): { readonly at: number; readonly connection?: number } {
    const at = Math.round((performance.now() - this.#startedAt) * MICROSECONDS) / MICROSECONDS
    return this.#number === 1 ? { at } : { at, connection: this.#number }
  }
}

const MICROSECONDS = 1_000
