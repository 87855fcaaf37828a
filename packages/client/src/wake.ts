/**
 * Calls `wake` whenever waiting makes no sense any more: the machine is online again, or the page visible.
 *
 * Does nothing where there are no such events (Node). Returns what unsubscribes.
 */
export function onWake(wake: () => void): () => void {
  const { document, addEventListener, removeEventListener } = globalThis as Partial<typeof globalThis>
  const shown = () => {
    if (document?.visibilityState === 'visible') wake()
  }
  addEventListener?.('online', wake)
  document?.addEventListener('visibilitychange', shown)
  return () => {
    removeEventListener?.('online', wake)
    document?.removeEventListener('visibilitychange', shown)
  }
}
