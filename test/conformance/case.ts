import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One numbered conversation of docs/conversations.md. */
export interface ConformanceCase {
  readonly number: number
  /** The section of PROTOCOL.md that it is about, by its heading's first words: `Bad input`, `$hello`. */
  readonly section: string
  readonly title: string
  readonly note?: string
  /** Which end is put to the test; the other is played by the script. */
  readonly ends: readonly ('client' | 'server')[]
  /** There when the conversation speaks the extensions; the others are the base protocol's and hold with and without. */
  readonly extensions?: Extensions
  /** Limits of the server's sessions that differ from the usual. */
  readonly sessions?: Readonly<Record<string, number>>
  /** Limits of the server that differ from the usual. */
  readonly limits?: Readonly<Record<string, number>>
  readonly steps: readonly Step[]
}

/** What the two ends of a conversation need to speak the extensions. */
export interface Extensions {
  /** Hash of the client's contract; left out, it sends none. */
  readonly contract?: string
  /** Whether the client asks for a session that outlives its connection. Default false. */
  readonly sessions?: boolean
  /** Credentials that the client presents, one after the other; given, the server asks for them. */
  readonly auth?: readonly string[]
}

/** A frame: an envelope in its exact key order, or raw text. */
export type Frame = string | Readonly<Record<string, unknown>>

/** One thing that happens; each step has exactly one of these. */
export interface Step {
  /** The client sends this frame. */
  readonly client?: Frame | { readonly binary: Frame }
  /** The server sends this frame. */
  readonly server?: Frame | { readonly binary: Frame }
  /** With `server`: the frame does not arrive, because the connection breaks before. */
  readonly lost?: true
  /** The connection breaks, and the client connects again. */
  readonly drops?: true
  /** The server's process ends and another begins, and the client connects to that. */
  readonly restarts?: true
  /** Time passes, in ms. */
  readonly wait?: number
  /** The server begins to shut down. */
  readonly shutsDown?: { readonly spreadMs: number; readonly drainMs: number }
  /** One end closes. */
  readonly closes?: { readonly by: 'server' | 'client'; readonly code: number }
  /** Client only: the application makes a call. */
  readonly call?: { readonly cmd: string; readonly data: unknown; readonly timeoutMs?: number }
  /** Client only: the application opens a stream and reads each item as it comes. */
  readonly opens?: { readonly cmd: string; readonly data: unknown }
  /** Client only: the application has read these items since the last look, from the first to the last. */
  readonly items?: readonly [first: number, last: number]
  /** Client only: the application breaks off reading its stream. */
  readonly breaks?: true
  /** Client only: the application aborts its newest call with this reason. */
  readonly aborts?: string
  /** Client only: the oldest call that was not yet looked at has settled so; `reason` is that of its signal. */
  readonly settles?: Settlement
  /** Client only: the application was given this push. */
  readonly pushed?: { readonly cmd: string; readonly data: unknown }
  /** Client only: the application was told this of its session. */
  readonly session?: Readonly<Record<string, unknown>>
  /** Client only: the application was told of missing pushes `user_register`. */
  readonly gap?: Readonly<Record<string, unknown>>
  /** Client only: the application was told that these names of its contract differ. */
  readonly mismatch?: readonly string[]
  /** Client only: so many problems have been reported by now. */
  readonly reported?: number
}

/** How a call ended. */
export interface Settlement {
  readonly value?: unknown
  readonly error?: Readonly<Record<string, unknown>>
  readonly reason?: string
}

const FOLDER = join(import.meta.dirname, 'cases')

/** Every case, by number. */
export function readCases(): readonly ConformanceCase[] {
  return readdirSync(FOLDER)
    .sort()
    .map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as ConformanceCase)
}

/** A frame as it is written on the wire. */
function textOf(frame: Frame): string {
  return typeof frame === 'string' ? frame : JSON.stringify(frame)
}

/** A frame's text and type. */
export function wireOf(frame: Frame | { readonly binary: Frame }): {
  readonly text: string
  readonly isBinary: boolean
} {
  const isBinary = typeof frame === 'object' && Object.keys(frame).join() === 'binary'
  return { text: textOf(isBinary ? (frame['binary'] as Frame) : (frame as Frame)), isBinary }
}
