import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One numbered conversation of PROTOCOL.md. */
export interface ConformanceCase {
  readonly number: number
  readonly title: string
  readonly note?: string
  /** Which end is put to the test; the other is played by the script. */
  readonly ends: readonly ('client' | 'server')[]
  readonly steps: readonly Step[]
}

/** A frame: an envelope in its exact key order, or raw text. */
export type Frame = string | Readonly<Record<string, unknown>>

/** One thing that happens; each step has exactly one of these. */
export interface Step {
  /** The client sends this frame. */
  readonly client?: Frame | { readonly binary: Frame }
  /** The server sends this frame. */
  readonly server?: Frame | { readonly binary: Frame }
  /** Time passes, in ms. */
  readonly wait?: number
  /** One end closes. */
  readonly closes?: { readonly by: 'server' | 'client'; readonly code: number }
  /** Client only: the application makes a call. */
  readonly call?: { readonly cmd: string; readonly data: unknown; readonly timeoutMs?: number }
  /** Client only: the oldest call that was not yet looked at has settled so. */
  readonly settles?: { readonly value?: unknown; readonly error?: Readonly<Record<string, unknown>> }
  /** Client only: the application was given this push. */
  readonly pushed?: { readonly cmd: string; readonly data: unknown }
  /** Client only: so many problems have been reported by now. */
  readonly reported?: number
}

const FOLDER = join(import.meta.dirname, 'cases')

/** Every case, by number. */
export function readCases(): readonly ConformanceCase[] {
  return readdirSync(FOLDER)
    .sort()
    .map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as ConformanceCase)
}

/** A frame as it is written on the wire. */
export function textOf(frame: Frame): string {
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
