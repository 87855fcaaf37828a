import { getEventListeners } from 'node:events'
import type { FakeClock } from './fake-clock.ts'
import type { MemoryTransport } from './memory-transport.ts'

/** What may hold something after a test. */
export interface LeakSources {
  readonly clock?: FakeClock
  readonly transport?: MemoryTransport
  readonly signals?: readonly AbortSignal[]
}

/**
 * Checks that nothing is left: no timer, no live connection, no listener on a signal.
 *
 * @throws Error that counts what was found.
 */
export function assertNoLeaks({ clock, transport, signals = [] }: LeakSources): void {
  const found: readonly (readonly [number, string])[] = [
    [clock?.pendingTimers ?? 0, 'timers'],
    [transport?.liveConnections ?? 0, 'live connections'],
    [signals.reduce((sum, signal) => sum + getEventListeners(signal, 'abort').length, 0), 'abort listeners'],
  ]
  const left = found.filter(([count]) => count > 0)
  if (left.length > 0) throw new Error(`left behind: ${left.map(([count, what]) => `${count} ${what}`).join(', ')}`)
}
