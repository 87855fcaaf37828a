import type { ConnectionClose } from './transport.ts'

/**
 * Where a client stands. PROTOCOL.md §Connection states.
 *
 * - `idle`: made with `lazy: true` and not yet needed.
 * - `connecting`: an attempt is under way; calls wait.
 * - `open`: calls leave at once.
 * - `waiting`: the connection was lost or not made; the next attempt comes after a delay; calls wait.
 * - `closed`: by `close()` or because the client gave up; calls fail at once, until `connect()`.
 */
export type ClientState = 'idle' | 'connecting' | 'open' | 'waiting' | 'closed'

/** One step of a client's state, with its reason. */
export interface StateChange {
  readonly state: ClientState
  readonly previous: ClientState
  /** Why the connection ended, or was not made; absent on the way up and after `close()`. */
  readonly close?: ConnectionClose
  /** Time until the next attempt, in ms; only with `waiting`. */
  readonly retryDelayMs?: number
}

/** Called with every change of state, in order. The state comes first, because most listeners need no more. */
export type StateListener = (state: ClientState, change: StateChange) => unknown

/** What moves a client from state to state. */
export type ClientEvent =
  /** An attempt is due: by `connect()`, a first call, or the end of a delay. */
  | 'connect'
  /** The connection is ready for calls. */
  | 'opened'
  /** The connection, or the attempt at one, is gone and another will be made. */
  | 'lost'
  /** `close()` was called, or the client gave up. */
  | 'close'

/** The state after an event; the same state when the event means nothing in it. The whole state machine. */
export function transition(state: ClientState, event: ClientEvent): ClientState {
  return TRANSITIONS[state][event] ?? state
}

const TRANSITIONS: Readonly<Record<ClientState, Readonly<Partial<Record<ClientEvent, ClientState>>>>> = {
  idle: { connect: 'connecting', close: 'closed' },
  connecting: { opened: 'open', lost: 'waiting', close: 'closed' },
  open: { lost: 'waiting', close: 'closed' },
  waiting: { connect: 'connecting', close: 'closed' },
  closed: { connect: 'connecting' },
}
