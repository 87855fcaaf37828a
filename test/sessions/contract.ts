import type { Contract } from '@wsrv/schema'

/** A call of the schedules: which, and by whom it was made. */
export interface CallData {
  readonly id: string
  readonly as: string
}

/** A push of the schedules: its place in everything that its session was sent. */
export interface PushData {
  readonly sid: string
  readonly id: number
  /** The same for all readers of a broadcast. */
  readonly broadcast?: number
}

/** The types behind {@link contract}. */
export interface Api {
  commands: {
    once: { request: CallData; response: CallData; errors: Record<never, never> }
    again: { request: CallData; response: CallData; errors: Record<never, never> }
  }
  pushes: { chat: PushData; price: PushData; everyone: PushData }
  session: Record<never, never>
}

export const PUSHES = ['chat', 'price', 'everyone'] as const

const anything = {}

/** What the two ends of the schedules speak. */
export const contract: Contract = {
  commands: ['again', 'once'].map((cmd) => ({
    cmd,
    request: anything,
    response: anything,
    errors: {},
    idempotent: cmd === 'again',
  })),
  pushes: PUSHES.map((cmd) => ({ cmd, data: anything })),
  types: {},
}
