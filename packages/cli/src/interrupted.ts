const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Resolves when the process is asked to end: Ctrl-C, or `kill`. What it does then is its own affair.
 *
 * @param stop asks for the same, of a run inside another program.
 */
export function interrupted(stop?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const forget = onInterrupt(() => {
      forget()
      resolve()
    }, stop)
  })
}

/**
 * Calls `listener` instead of ending the process when that is asked to end.
 *
 * @returns what makes it end at once again.
 */
export function onInterrupt(listener: () => void, stop?: AbortSignal): () => void {
  for (const signal of SIGNALS) process.once(signal, listener)
  stop?.addEventListener('abort', listener, { once: true })
  return () => {
    for (const signal of SIGNALS) process.off(signal, listener)
    stop?.removeEventListener('abort', listener)
  }
}
