/**
 * Calls `wake` whenever waiting makes no sense any more: the machine is online again or offline, or the page was
 * shown (or hidden, which does no harm).
 *
 * Does nothing where there are no such events (Node). Returns what unsubscribes.
 */
export function onWake(wake: () => void): () => void {
  const { addEventListener, removeEventListener } = globalThis as Partial<typeof globalThis>
  for (const event of EVENTS) addEventListener?.(event, wake)
  return () => {
    for (const event of EVENTS) removeEventListener?.(event, wake)
  }
}

const EVENTS = ['online', 'offline', 'visibilitychange'] as const
