import type { Payload } from './codec.ts'
import { EXTENSION } from './reserved-commands.ts'

/**
 * A recorded conversation, as JSON lines: a header, then one line per message or event in the order they happened.
 *
 * ```text
 * {"wsrv":"recording","version":1,"startedAt":"2026-01-31T12:00:00.000Z","url":"ws://127.0.0.1:8800/ws"}
 * {"at":0,"event":"open"}
 * {"at":3.1,"from":"client","message":{"cmd":"register","seqno":"k3v9zq-0001","data":{"uid":1}}}
 * {"at":4.7,"from":"server","message":{"cmd":"register","seqno":"k3v9zq-0001","status":0,"msg":"ok","data":{}}}
 * {"at":9000,"from":"client","text":""}
 * {"at":9400,"event":"close","code":1001,"reason":"the server is shutting down"}
 * ```
 *
 * Readers ignore keys that they do not know. PROTOCOL.md §Recordings.
 */
export interface Recording {
  readonly header: RecordingHeader
  readonly lines: readonly RecordingLine[]
}

/** The first line. */
export interface RecordingHeader {
  readonly wsrv: 'recording'
  readonly version: typeof RECORDING_VERSION
  /** ISO 8601; the moment that every `at` counts from. */
  readonly startedAt: string
  /** The server that was recorded. */
  readonly url?: string
  /** Hash of the contract that was spoken. */
  readonly contract?: string
}

/** The format that is written; another is refused. */
export const RECORDING_VERSION = 1

/** What happened. */
export type RecordingLine = RecordedMessage | RecordedEvent

/** One WebSocket message. It has one of `message`, `text` and `base64`. */
export interface RecordedMessage extends RecordedMoment {
  readonly from: 'client' | 'server'
  /** The message as JSON, when its text is exactly what `JSON.stringify` writes of it. */
  readonly message?: unknown
  /** Any other text; `''` is a heartbeat. */
  readonly text?: string
  /** The bytes of a binary message that is not UTF-8. */
  readonly base64?: string
  /** Whether it came in a binary frame. Default false. */
  readonly binary?: boolean
}

/** The beginning or the end of a connection. */
export interface RecordedEvent extends RecordedMoment {
  readonly event: 'open' | 'close'
  /** Close code and reason. RFC 6455 §7.1.5. */
  readonly code?: number
  readonly reason?: string
  /** The end that closed first, where that is known. */
  readonly by?: 'client' | 'server'
}

/** When, and on which connection. */
interface RecordedMoment {
  /** Milliseconds since `startedAt`; microseconds behind the point. */
  readonly at: number
  /** Which connection, counted from 1, where several were recorded together. Default 1. */
  readonly connection?: number
}

/** A message as a line of a recording, the most readable that loses nothing. */
export function recordMessage(
  moment: Pick<RecordedMessage, 'at' | 'connection' | 'from'>,
  payload: Payload,
): RecordedMessage {
  const binary = typeof payload === 'string' ? {} : { binary: true }
  const text = typeof payload === 'string' ? payload : decodeUtf8(payload)
  if (text === undefined) return { ...moment, ...binary, base64: toBase64(payload as Uint8Array) }
  const message = parseJson(text)
  return message !== undefined && JSON.stringify(message) === text
    ? { ...moment, ...binary, message }
    : { ...moment, ...binary, text }
}

/** The payload of a recorded message, byte for byte what was on the wire. */
export function recordedPayload({ message, text, base64, binary }: RecordedMessage): Payload {
  if (base64 !== undefined) return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  const written = text ?? JSON.stringify(message)
  return binary ? new TextEncoder().encode(written) : written
}

/** The same message with `"…"` in the place of the credentials of a `$hello` or `$auth`. */
export function hideCredentials(line: RecordedMessage): RecordedMessage {
  const message = line.message as
    | { readonly cmd?: unknown; readonly data?: { readonly auth?: unknown } }
    | null
    | undefined
  const isPresented = message?.cmd === EXTENSION.hello || message?.cmd === EXTENSION.auth
  if (!isPresented || message.data?.auth === undefined) return line
  return { ...line, message: { ...message, data: { ...message.data, auth: HIDDEN } } }
}

/** Writes a recording; every line ends with a newline. */
export function formatRecording({ header, lines }: Recording): string {
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('')
}

/**
 * Reads a recording.
 *
 * @throws SyntaxError that says which line is wrong, what was expected and what came.
 */
export function parseRecording(text: string): Recording {
  const [first, ...rest] = text.split('\n').map((line, index) => ({ line: line.trimEnd(), number: index + 1 }))
  return {
    header: readHeader(first?.line ?? ''),
    lines: rest.filter(({ line }) => line !== '').map(({ line, number }) => readLine(line, number)),
  }
}

/** What stands where credentials were. */
const HIDDEN = '…'

function readHeader(line: string): RecordingHeader {
  const header = parseObject(line, 1)
  if (header['wsrv'] !== 'recording') throw wrong(1, 'must be the header of a recording, with "wsrv":"recording"')
  if (header['version'] !== RECORDING_VERSION) {
    throw wrong(1, `version must be ${RECORDING_VERSION}, got ${JSON.stringify(header['version'])}`)
  }
  if (typeof header['startedAt'] !== 'string') throw wrong(1, 'startedAt must be a string')
  return header as unknown as RecordingHeader
}

function readLine(line: string, number: number): RecordingLine {
  const read = parseObject(line, number)
  const { at, event, from, text, base64 } = read
  if (typeof at !== 'number') throw wrong(number, `at must be a number of milliseconds, got ${JSON.stringify(at)}`)
  if (event === 'open' || event === 'close') return read as unknown as RecordedEvent
  if (from !== 'client' && from !== 'server') {
    throw wrong(number, `must have an event "open" or "close", or be from "client" or "server"`)
  }
  const isMessage = 'message' in read || typeof text === 'string' || typeof base64 === 'string'
  if (!isMessage) throw wrong(number, 'must have a message, a text or a base64')
  return read as unknown as RecordedMessage
}

function parseObject(line: string, number: number): Readonly<Record<string, unknown>> {
  const value = parseJson(line)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(number, 'must be a JSON object')
  return value as Readonly<Record<string, unknown>>
}

function wrong(line: number, what: string): SyntaxError {
  return new SyntaxError(`recording, line ${line}: ${what}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function toBase64(bytes: Uint8Array): string {
  let chars = ''
  for (const byte of bytes) chars += String.fromCharCode(byte)
  return btoa(chars)
}
