/** How long {@link until} waits. */
export interface UntilOptions {
  /** Longest wait, in ms of real time. Default 10,000: far beyond what any test needs, and less than a test may take. */
  readonly withinMs?: number
}

/**
 * Lets the event loop turn until something holds. For what a fake clock cannot move: real sockets and processes.
 *
 * @param holds may be async
 * @param what is waited for, in words, for the failure; default: the text of `holds`
 * @throws when it does not hold in time: a wait that gives up in silence hides the failure from the test
 */
export async function until(
  holds: () => unknown,
  what: string = holds.toString(),
  { withinMs = 10_000 }: UntilOptions = {},
): Promise<void> {
  const deadline = performance.now() + withinMs
  for (let turn = 0; !(await holds()); turn += 1) {
    if (performance.now() > deadline) throw new Error(`did not happen within ${withinMs} ms: ${what}`)
    // Sockets of one process answer within some turns; whatever takes longer must not find the CPU busy with waiting.
    await new Promise((resolve) => (turn < QUICK_TURNS ? setImmediate(resolve) : setTimeout(resolve, 1)))
  }
}

const QUICK_TURNS = 1_000
