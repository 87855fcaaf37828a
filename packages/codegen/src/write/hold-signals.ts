const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs a piece of work that must not be cut in two: a signal that ends the process waits until it is done. */
export function holdSignals(work: () => void): void {
  let isDone = false
  let held: NodeJS.Signals | undefined
  const hold = (signal: NodeJS.Signals): void => {
    held ??= signal
    if (isDone) letGo()
  }
  const letGo = (): void => {
    for (const signal of SIGNALS) process.off(signal, hold)
    if (held !== undefined) process.kill(process.pid, held)
  }
  for (const signal of SIGNALS) process.on(signal, hold)
  try {
    work()
  } finally {
    isDone = true
    // A signal that came meanwhile is delivered in the loop's next whole turn, and must still find its listener.
    setImmediate(() => setImmediate(letGo))
  }
}
