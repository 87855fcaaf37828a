/** Why a decoded message is not an envelope, with whatever could still be read of it. Answered with 400. PROTOCOL.md §Bad input. */
export class BadEnvelope {
  /** What was wrong, where, what was expected and what came. */
  readonly problem: string
  /** The message's `cmd` where it was a proper one, else `''`. */
  readonly cmd: string
  /** The message's `seqno` where it was a proper one, else `''`. */
  readonly seqno: string

  constructor(problem: string, known: { readonly cmd?: string; readonly seqno?: string } = {}) {
    this.problem = problem
    this.cmd = known.cmd ?? ''
    this.seqno = known.seqno ?? ''
  }
}
