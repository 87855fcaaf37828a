/**
 * A source of seqnos that are unique within a connection and, by their random prefix, across reconnects.
 *
 * Eleven characters or more (`k3v9zq-0001`), so none is ever equal to a Go server's push seqno, which has 8.
 *
 * @param random returns a number from 0 to below 1.
 */
export function createSeqnoSource(random: () => number): () => string {
  const prefix = randomChars(6, random)
  let count = 0
  return () => `${prefix}-${(++count).toString(36).padStart(4, '0')}`
}

/** A string of `length` random lower-case letters and digits; no secret. */
export function randomChars(length: number, random: () => number): string {
  let chars = ''
  // The digits of base 36, letters first.
  while (chars.length < length) chars += ((Math.floor(random() * 36) + 10) % 36).toString(36)
  return chars
}
