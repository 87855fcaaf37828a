import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * The tokens that resume one session, as their SHA-256.
 *
 * Each use replaces the current one. The one that was presented stays good until the client shows that it has its successor:
 * the answer that carried it may have been lost, any number of times. PROTOCOL.md §Sessions.
 */
export class ResumeTokens {
  #current: string
  #presented: string | undefined = undefined

  constructor(token: string) {
    this.#current = digest(token)
  }

  /** Compares in constant time. */
  knows(token: string): boolean {
    const presented = Buffer.from(digest(token))
    const isAny = (known = ''): boolean => known !== '' && timingSafeEqual(presented, Buffer.from(known))
    const isCurrent = isAny(this.#current)
    return isAny(this.#presented) || isCurrent
  }

  /** @param presented what the client came with. */
  rotate(presented: string, next: string): void {
    this.#presented = digest(presented)
    this.#current = digest(next)
  }

  /** The client has the current token. */
  confirm(): void {
    this.#presented = undefined
  }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64')
}
