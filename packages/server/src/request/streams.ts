import { type Clock, type Codec, PAUSE_BYTES } from '@wsrv/protocol'
import type { Limits } from '../limits.ts'
import type { Reporter } from '../observer/reporter.ts'
import type { OutgoingSchema } from '../serializer/outgoing-schema.ts'
import type { LiveSession } from '../session/live-session.ts'
import { DEFAULT_SESSION_LIMITS, type SessionLimits } from '../session/session-limits.ts'
import { OutgoingStream, type OutgoingStreamOptions } from './outgoing-stream.ts'
import type { RequestContext } from './request-context.ts'

/** What {@link Streams} need of the rest of the server. */
export interface StreamsOptions {
  readonly clock: Clock
  readonly codec: Codec
  readonly reporter: Reporter
  readonly limits: Limits
  /** `undefined` when sessions end with their connection. */
  readonly sessions: SessionLimits | undefined
}

/** The open streams of a server: lets them go on when their readers take more. PROTOCOL.md §Streams. */
export class Streams {
  readonly #options: OutgoingStreamOptions
  /** By session, and then by the seqno of the request that has opened it. */
  readonly #open = new Map<LiveSession, Map<string, OutgoingStream>>()

  constructor({ clock, codec, reporter, limits, sessions }: StreamsOptions) {
    this.#options = { clock, codec, reporter, idleMs: limits.streamIdleMs, isBraked: createBrake(sessions) }
  }

  /** Makes a handler that yields items into one that returns the response, or a promise of it. */
  serve(schema: OutgoingSchema, handler: (c: RequestContext) => unknown): (c: RequestContext) => unknown {
    return (c) => {
      const result = handler(c)
      return isIterator(result) ? this.#run(c, schema, result) : result
    }
  }

  /** A session's client says how many items of a stream it takes in all; what is not a number, or of no stream, means nothing. */
  grant(session: LiveSession, data: unknown): void {
    const { seqno, items } = Object(data) as { readonly seqno: unknown; readonly items: unknown }
    if (!Number.isSafeInteger(items)) return
    this.#open
      .get(session)
      ?.get(seqno as string)
      ?.grant(items as number)
  }

  /** A session has taken some of what it was sent. */
  wake(session: LiveSession): void {
    const streams = this.#open.get(session)
    if (streams !== undefined) for (const stream of streams.values()) stream.wake()
  }

  async #run(c: RequestContext, schema: OutgoingSchema, items: AsyncIterator<unknown, unknown>): Promise<unknown> {
    const { session, seqno } = c
    const streams = this.#open.get(session) ?? new Map<string, OutgoingStream>()
    const stream = new OutgoingStream(c, schema, this.#options)
    this.#open.set(session, streams.set(seqno, stream))
    try {
      return await stream.drain(items)
    } finally {
      // A stream that was cancelled may still end while another has its seqno.
      if (streams.get(seqno) === stream) streams.delete(seqno)
      if (streams.size === 0 && this.#open.get(session) === streams) this.#open.delete(session)
    }
  }
}

/**
 * Says whether a stream has to wait, whatever credit it has: half of the journal is left to what cannot wait, and a connection
 * without a journal is handed no more than its peer takes. Both report when they have room again: as an acknowledgement, which
 * comes after `ackEvery` messages or `ackBytes` at the latest, and as `drained`.
 */
function createBrake(limits: SessionLimits | undefined): (c: RequestContext) => boolean {
  const { journalMessages, journalBytes, ackEvery, ackBytes } = limits ?? DEFAULT_SESSION_LIMITS
  const fullness = Math.max(FULL_ENOUGH, ackEvery / journalMessages, ackBytes / journalBytes)
  return ({ session }) => {
    const journal = session.resumable?.journal
    if (journal === undefined) return session.link.connection.bufferedBytes >= PAUSE_BYTES
    return journal.fullness >= fullness
  }
}

/** The part of a journal that streams may fill. */
const FULL_ENOUGH = 0.5

function isIterator(value: unknown): value is AsyncIterator<unknown, unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value
}
