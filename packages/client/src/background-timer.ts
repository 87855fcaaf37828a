/**
 * Runs `tick` every `intervalMs` even in a background tab, whose own timers a browser slows to one a minute: a worker's
 * are not. For servers that do not ping; where no worker may be had (Node, a strict Content-Security-Policy) it never runs.
 *
 * @returns what ends it.
 */
export function startBackgroundTimer(intervalMs: number, tick: () => void): () => void {
  if (typeof document === 'undefined') return () => {}
  const url = URL.createObjectURL(new Blob([`self.setInterval(()=>postMessage(0),${intervalMs})`]))
  try {
    const worker = new Worker(url)
    worker.onmessage = tick
    return () => worker.terminate()
  } catch {
    // The page's policy forbids it: the ordinary timers have to do.
    return () => {}
  } finally {
    URL.revokeObjectURL(url)
  }
}
