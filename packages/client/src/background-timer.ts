/**
 * Runs `tick` every `intervalMs` even in a background tab, whose own timers a browser slows to one a minute: a worker's
 * are not. For servers that do not ping; where no worker may be had (Node, a strict Content-Security-Policy) it never runs.
 *
 * @returns what ends it.
 */
export function startBackgroundTimer(intervalMs: number, tick: () => void): () => void {
  try {
    const worker = new Worker(`data:text/javascript,self.setInterval(()=>postMessage(0),${intervalMs})`)
    worker.onmessage = tick
    return () => worker.terminate()
  } catch {
    // No workers here, or the page's policy forbids them: the ordinary timers have to do.
    return () => {}
  }
}
