const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Resolves when the process is asked to end: Ctrl-C, or `kill`. What it does then is its own affair. */
export function interrupted(): Promise<void> {
  return new Promise((resolve) => void onInterrupt(resolve))
}

/**
 * Calls `listener` instead of ending the process when that is asked to end.
 *
 * @returns what makes it end at once again.
 */
export function onInterrupt(listener: () => void): () => void {
  for (const signal of SIGNALS) process.once(signal, listener)
  return () => {
    for (const signal of SIGNALS) process.off(signal, listener)
  }
}
