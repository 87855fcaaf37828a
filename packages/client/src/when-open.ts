import type { Clock, Timer } from '@wsrv/protocol'
import { reasonOf } from './call.ts'
import type { CallOptions } from './client-options.ts'
import type { ClientState, StateChange } from './client-state.ts'
import { CLIENT, disconnected, type FailureReason, failure } from './failure.ts'
import type { PushListener, Subscriptions } from './subscriptions.ts'

/** What {@link whenOpen} waits for. */
export interface Openable {
  readonly state: () => ClientState
  readonly events: Subscriptions
  readonly clock: Clock
  readonly obstacle: () => FailureReason
}

/** Resolves when the client is open; see `WsrvClient.connect`. */
export function whenOpen(client: Openable, { signal, timeoutMs }: CallOptions = {}): Promise<void> {
  let release = () => {}
  const opening = new Promise<void>((resolve, reject) => {
    const look = (change?: StateChange) => {
      if (client.state() === 'open') resolve()
      else if (client.state() === 'closed') reject(disconnected(CLIENT, change?.close))
    }
    const late = () => {
      const { msg, cause } = client.obstacle()
      reject(failure(CLIENT, 'timeout', { msg: `not open within ${timeoutMs} ms: ${msg}`, cause }))
    }
    const aborted = () => reject(reasonOf(signal))
    const off = client.events.add('state', look as PushListener<unknown>)
    const timer: Timer | undefined = timeoutMs === undefined ? undefined : client.clock.setTimeout(late, timeoutMs)
    signal?.addEventListener('abort', aborted)
    release = () => {
      off()
      client.clock.clearTimeout(timer)
      signal?.removeEventListener('abort', aborted)
    }
    if (signal?.aborted) aborted()
    look()
  })
  // Also for an ignored promise, which must not end a Node process: state listeners and calls report the failure as well.
  opening.then(release, release)
  return opening
}
