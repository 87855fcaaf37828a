import { isDeepStrictEqual } from 'node:util'
import type { RecordedEvent, RecordedMessage, Recording, RecordingLine } from '@wsrv/protocol/recording'
import { recordedPayload } from '@wsrv/protocol/recording'
import { align, type Drawn, substitute } from './align.ts'
import { cmdOf, fitsReply, isReplyTo, type Sent, seqnoOf } from './match-message.ts'
import { ReplayConnection } from './replay-connection.ts'
import { type ReplayRule, USUAL_RULES } from './replay-rules.ts'

/** Against what a recording is replayed, and how strictly. */
export interface ReplayOptions {
  /** WebSocket URL of the server. */
  readonly url: string
  /** Differences that are let through besides {@link USUAL_RULES}. Default none. */
  readonly rules?: readonly ReplayRule[] | undefined
  /** Credentials in place of those that the recording leaves out. */
  readonly auth?: unknown
  /** How long each recorded message is waited for, in ms. Default 2,000. */
  readonly timeoutMs?: number | undefined
}

/** One place where a server did other than was recorded. */
export interface ReplayDifference {
  /** Line of the recording, 1 is the header; `undefined` for what was not recorded at all. */
  readonly line: number | undefined
  readonly connection: number
  /** What it is about: `reply to chat.send`, `push chat.message`, `close`. */
  readonly what: string
  /** `undefined` when nothing was recorded in its place. */
  readonly recorded: unknown
  /** What came, with recorded values where a rule lets them differ; `undefined` when nothing came. */
  readonly came: unknown
}

/** What a replay found. */
export interface ReplayReport {
  /** Messages and closes of the server that were compared. */
  readonly compared: number
  readonly differences: readonly ReplayDifference[]
}

/**
 * Says to a server what the clients of a recording said, each message once everything before it has come, and compares what the
 * server says with what was recorded. Time is not replayed. A text that the server drew, as a session's token, goes back to it as it came.
 *
 * @returns rejects when there is no connection to the server.
 */
export async function replayRecording(recording: Recording, options: ReplayOptions): Promise<ReplayReport> {
  const replay = new Replay(options)
  try {
    for (const [at, line] of recording.lines.entries()) await replay.play(line, at + FIRST_LINE)
    await replay.finish()
  } finally {
    replay.end()
  }
  return { compared: replay.compared, differences: replay.differences }
}

/** The header is line 1. */
const FIRST_LINE = 2

/** What was not recorded comes at once or does not count. */
const QUIET_MS = 150

interface Lane {
  readonly connection: ReplayConnection
  /** Requests that wait for their reply, by seqno. */
  readonly sent: Map<string, Sent>
}

class Replay {
  readonly differences: ReplayDifference[] = []
  compared = 0
  readonly #options: ReplayOptions
  readonly #rules: readonly ReplayRule[]
  readonly #timeoutMs: number
  readonly #lanes = new Map<number, Lane>()
  readonly #drawn: Drawn = new Map()

  constructor(options: ReplayOptions) {
    this.#options = options
    this.#rules = [...USUAL_RULES, ...(options.rules ?? [])]
    this.#timeoutMs = options.timeoutMs ?? 2_000
  }

  async play(line: RecordingLine, number: number): Promise<void> {
    const { connection = 1 } = line
    const lane = await this.#lane(connection)
    if (!('event' in line)) {
      if (line.from === 'client') this.#send(lane, line)
      else await this.#expect(lane, line, { number, connection })
    } else if (line.event === 'close') await this.#close(lane, line, { number, connection })
  }

  /** Looks for what was not recorded. */
  async finish(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
    for (const [connection, { connection: open, sent }] of this.#lanes) {
      for (const message of open.left) {
        const came = shown(message)
        this.#differ({ line: undefined, connection, what: nameOf(message, sent), recorded: undefined, came })
      }
    }
  }

  end(): void {
    for (const { connection } of this.#lanes.values()) connection.close()
  }

  async #lane(number: number): Promise<Lane> {
    const known = this.#lanes.get(number)
    if (known !== undefined) return known
    const lane: Lane = { connection: await ReplayConnection.open(this.#options.url), sent: new Map() }
    this.#lanes.set(number, lane)
    return lane
  }

  #send({ connection, sent }: Lane, line: RecordedMessage): void {
    const seqno = seqnoOf(line.message)
    const cmd = cmdOf(line.message)
    if (seqno !== undefined && cmd !== undefined) sent.set(seqno, { cmd })
    const message = 'message' in line ? this.#present(substitute(line.message, this.#drawn)) : undefined
    connection.send(recordedPayload('message' in line ? { ...line, message } : line))
  }

  /** Puts the credentials in, where there were any. */
  #present(message: unknown): unknown {
    const { auth } = this.#options
    const { data } = (message ?? {}) as { readonly data?: { readonly auth?: unknown } }
    if (auth === undefined || data?.auth === undefined || !cmdOf(message)?.startsWith('$')) return message
    return { ...(message as object), data: { ...data, auth } }
  }

  async #expect({ connection, sent }: Lane, line: RecordedMessage, place: Place): Promise<void> {
    this.compared += 1
    const what = nameOf(line, sent)
    const message = await connection.take((came) => fitsReply(line, came, sent), this.#timeoutMs)
    const recorded = shown(line)
    const options = { cmd: cmdOf(line.message) ?? '', rules: this.#rules, drawn: this.#drawn }
    const came = message === undefined ? undefined : align(recorded, shown(message), options)
    const difference = { line: place.number, connection: place.connection, what, recorded, came }
    if (!isDeepStrictEqual(recorded, came)) this.#differ(difference)
  }

  async #close({ connection }: Lane, line: RecordedEvent, place: Place): Promise<void> {
    const { code, reason, by } = line
    if (by !== 'server') {
      connection.close(code, reason)
      return
    }
    this.compared += 1
    const closed = await connection.waitClosed(this.#timeoutMs)
    if (closed?.code === code) return
    const recorded = { code, reason }
    this.#differ({ line: place.number, connection: place.connection, what: 'close', recorded, came: closed })
  }

  #differ(difference: ReplayDifference): void {
    this.differences.push(difference)
  }
}

interface Place {
  readonly number: number
  readonly connection: number
}

/** What a difference shows of a message: the message itself, and its frame type where that is binary. */
function shown({ at: _at, connection: _connection, from: _from, message, ...rest }: RecordedMessage): unknown {
  if (message === undefined) return rest
  return rest.binary ? { binary: true, message } : message
}

function nameOf(line: RecordedMessage, sent: ReadonlyMap<string, Sent>): string {
  const cmd = cmdOf(line.message)
  if (cmd === undefined) return 'message'
  return isReplyTo(sent, line) ? `reply to ${cmd}` : `push ${cmd}`
}
