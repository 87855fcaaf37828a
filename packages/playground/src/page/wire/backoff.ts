/** Delay before the n-th attempt to reconnect, in ms: a random part of what doubles from half a second to ten. */
export function backoffMs(attempt: number, random: () => number): number {
  return random() * Math.min(MAX_DELAY_MS, MIN_DELAY_MS * 2 ** (attempt - 1))
}

const MIN_DELAY_MS = 500
/** Shorter than the client's: a person sits before the page and waits. */
const MAX_DELAY_MS = 10_000
