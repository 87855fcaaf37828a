import { HEARTBEAT, type Payload } from '@wsrv/protocol'

/** One message as it was on the wire, with as much of its envelope as could be read. */
export interface WireMessage {
  /** When, in ms since 1970, microseconds behind the point. */
  readonly atMs: number
  readonly from: 'client' | 'server'
  readonly payload: Payload
  readonly bytes: number
  readonly isHeartbeat: boolean
  readonly cmd: string | undefined
  readonly seqno: string | undefined
  readonly status: number | undefined
  readonly msg: string | undefined
}

/** What was seen, and where it came from. */
export type Seen = Pick<WireMessage, 'atMs' | 'from' | 'payload'>

/** Reads what a message's envelope says; its data stays text until it is looked at. */
export function readMessage(seen: Seen): WireMessage {
  const { cmd, seqno, status, msg } = (readJson(seen.payload) ?? {}) as Readonly<Record<string, unknown>>
  return {
    ...seen,
    bytes: typeof seen.payload === 'string' ? byteLength(seen.payload) : seen.payload.byteLength,
    isHeartbeat: seen.payload.length === HEARTBEAT.length,
    cmd: typeof cmd === 'string' ? cmd : undefined,
    seqno: typeof seqno === 'string' ? seqno : undefined,
    status: typeof status === 'number' ? status : undefined,
    msg: typeof msg === 'string' ? msg : undefined,
  }
}

/** A message's JSON value; `undefined` when it is not JSON. */
export function readJson(payload: Payload): unknown {
  try {
    return JSON.parse(textOf(payload)) as unknown
  } catch {
    return undefined
  }
}

/** A message's text; bytes that are not UTF-8 show as U+FFFD. */
export function textOf(payload: Payload): string {
  return typeof payload === 'string' ? payload : new TextDecoder().decode(payload)
}

/** What a message carries in `data`. */
export function dataOf({ payload }: WireMessage): unknown {
  return (readJson(payload) as { readonly data?: unknown } | undefined)?.data
}

/** UTF-8 bytes of a text; most are ASCII, which needs no encoder. */
function byteLength(text: string): number {
  return ASCII.test(text) ? text.length : new TextEncoder().encode(text).byteLength
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: every ASCII character, control characters included.
const ASCII = /^[\u0000-\u007f]*$/
