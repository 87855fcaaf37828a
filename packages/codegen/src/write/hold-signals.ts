const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs work that must not be interrupted: a signal that would end the process is delivered afterwards. */
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
    // Node delivers a pending signal in the next turn of the event loop: the listener must stay until then.
    setImmediate(() => setImmediate(letGo))
  }
}
