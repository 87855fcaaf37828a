/** Real sockets take real turns of the event loop: runs until something holds, and fails loudly when it never does. */
export async function until(isTrue: () => boolean, what: string): Promise<void> {
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    if (isTrue()) return
    await new Promise((resolve) => setImmediate(resolve))
  }
  throw new Error(`never happened: ${what}`)
}

/** Some seconds of an idle loop. */
const MAX_TURNS = 200_000
