import type { Contestant, Greeting, Wire } from '../contestants/contestant.ts'
import { type Note, PUSH_MARK, REPLY_MARK } from '../job/note.ts'
import { writeFrames } from './frames.ts'

/** What a generator does to a server; everything is off until asked for, and what is asked for happens together. */
export interface Load {
  readonly connections: number
  readonly calls?: Calls
  readonly pushes?: Pushes
  /** Time between a connection's heartbeats, for the protocols that have them. */
  readonly heartbeatMs?: number
  /** Connections that are dropped and opened again. */
  readonly reconnectsPerSecond?: number
}

/** Calls of one note: a number that each connection keeps in flight, or a number a second over all of them. */
export type Calls =
  | { readonly note: Note; readonly inFlight: number }
  | { readonly note: Note; readonly perSecond: number }

/** Announcements to everybody: one after the other, or one every so many ms. */
export interface Pushes {
  /** Pushes that one announcement makes, in one loop turn. */
  readonly aTurn: number
  readonly everyMs?: number
}

/** The generator's command line for a load on a contestant; writes the frames it names. */
export function generatorWords({ wire }: Contestant, load: Load, port: number): string[] {
  const options: Options = {
    port,
    path: wire.path,
    subprotocol: wire.subprotocol,
    connections: load.connections,
    ...greeting(wire.hello, load.pushes && wire.listen),
    ...pings(wire),
    ...(load.calls && calls(wire, load.calls)),
    ...(load.pushes && pushes(wire, load.pushes)),
    ...(load.heartbeatMs && heartbeats(wire, load.heartbeatMs)),
    reconnects_per_second: load.reconnectsPerSecond,
  }
  return Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]))
}

type Options = Readonly<Record<string, string | number | undefined>>

/** Requests in a ring: more than are ever in flight on a connection, so that ids never meet. */
const RING = 256

function greeting(...greetings: readonly (Greeting | undefined)[]): Options {
  const messages = greetings.flatMap((one) => one?.messages ?? [])
  if (messages.length === 0) return {}
  return {
    hello_file: writeFrames('hello', messages),
    hello_replies: greetings.reduce((sum, one) => sum + (one?.replies ?? 0), 0),
  }
}

function pings({ ping }: Wire): Options {
  return ping === undefined ? {} : { ping_text: ping.text, pong_file: writeFrames('pong', [ping.answer]) }
}

function calls(wire: Wire, asked: Calls): Options {
  const requests = Array.from({ length: RING }, (_, id) => wire.call(id + 1, asked.note))
  return {
    calls_file: writeFrames('calls', requests),
    reply_mark: REPLY_MARK,
    ...('inFlight' in asked ? { in_flight: asked.inFlight } : { calls_per_second: asked.perSecond }),
  }
}

function pushes({ announce }: Wire, { aTurn, everyMs }: Pushes): Options {
  const requests = Array.from({ length: RING }, (_, id) => announce(id + 1, aTurn))
  return {
    trigger_file: writeFrames('trigger', requests),
    pushes_per_trigger: aTurn,
    trigger_ms: everyMs,
    push_mark: PUSH_MARK,
  }
}

function heartbeats({ heartbeat }: Wire, everyMs: number): Options {
  return heartbeat === undefined ? {} : { heartbeat_file: writeFrames('heartbeat', [heartbeat]), heartbeat_ms: everyMs }
}
