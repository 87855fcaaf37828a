/**
 * Runs `tick` every `intervalMs` even in a background tab: a browser slows the tab's own timers to one per minute, but not a
 * worker's. Needed with servers that do not ping. Where workers are not available (Node, a strict Content-Security-Policy)
 * it never runs.
 *
 * @returns a function that stops it.
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
