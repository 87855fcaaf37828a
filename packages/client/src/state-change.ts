import type { ClientState } from './client-state.ts'
import type { ConnectionClose } from './transport.ts'

/** One step of a client's state, with its reason. */
export interface StateChange {
  readonly state: ClientState
  readonly previous: ClientState
  /** Why the connection ended, or was not made; absent on the way up and after `close()`. */
  readonly close?: ConnectionClose
  /** Time until the next attempt, in ms; only with `waiting`. */
  readonly retryDelayMs?: number
}

/** Hears every change of state, in order. The state comes first for those who need no more. */
export type StateListener = (state: ClientState, change: StateChange) => unknown
