/**
 * What `c.ok`, `c.error` and `c.abort` give back, for a handler to return or throw.
 *
 * It carries nothing: the answer is already with its request.
 */
export class Reply {
  /** Lets no other object pass as a reply at compile time. */
  protected readonly kind = 'reply'
}

/** The one reply there is. */
export const REPLY: Reply = new Reply()
