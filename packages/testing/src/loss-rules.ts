import type { Clock } from '@wsrv/protocol'

/** Which way a frame goes: `out` from client to server, `in` from server to client. */
export type Direction = 'out' | 'in'

/** How bad a link is; every field may be changed at any time. Nothing is wrong by default. */
export interface LossRules {
  /** Each frame takes at least this long, in ms. */
  minDelayMs: number
  /** Each frame takes at most this long, in ms; frames keep their order all the same. */
  maxDelayMs: number
  /** Share of frames that vanish, 0 to 1. */
  dropRate: number
  /** Share of frames that arrive twice, 0 to 1. */
  duplicateRate: number
  /** Share of frames that do not wait for those before them, 0 to 1. */
  reorderRate: number
  /** The connection breaks at this frame of its connection, counted from 1 a direction. */
  cutAt: CutPoint | undefined
}

/** An exact moment in a connection's life. */
export interface CutPoint {
  readonly direction: Direction
  /** Counted from 1. */
  readonly frame: number
  /** Whether that frame still arrives. */
  readonly arrives: boolean
}

/** What a {@link LossyTransport} runs on. */
export interface LossyTransportOptions {
  readonly clock: Clock
  /** See `createSeededRandom`. */
  readonly random: () => number
}
