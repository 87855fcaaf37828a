/** What a client sends in `$hello` to ask for a session, or for the one it had. PROTOCOL.md §Sessions. */
export type SessionRequest = NewSessionRequest | ResumeRequest

/** Asks for a session. */
export interface NewSessionRequest {
  /** Drawn once per client and kept in memory only, so that a copied token does not resume: 1 to 64 characters. */
  readonly holder: string
}

/** Asks for a session that has lost its connection. */
export interface ResumeRequest extends NewSessionRequest {
  readonly sid: string
  /** The newest token that the client was given. */
  readonly token: string
  /** Counts the attempts to resume this session, from 1: an attempt that arrives after a later one is refused. */
  readonly try: number
  /** Number of the last counted message that the client received. */
  readonly seen: number
}

/** What a server that grants or resumes a session answers in `$hello`. PROTOCOL.md §Sessions. */
export interface SessionGrant {
  readonly sid: string
  /** Resumes the session once. */
  readonly token: string
  /** Time for which the session outlives its connection, in ms. */
  readonly windowMs: number
  /** The client acknowledges after at most so many counted messages, */
  readonly ackEvery: number
  /** or after so many bytes of them. */
  readonly ackBytes: number
  /** Stands for the client's identity: a client whose tag changes does not send calls that were made before. */
  readonly identity?: string | undefined
  /** Whether it is the session that was asked for; absent when none was. */
  readonly resumed?: boolean
  /** With `resumed`: counted requests that the server has received; later ones are to be sent again. */
  readonly received?: number
  /** With `resumed: false`: why not. */
  readonly why?: RefusedResume
}

/**
 * Why a session was not resumed. `unknown`: it has ended, never was, or is another client's: the answer does not tell these
 * apart. `gap`: more was missed than the server can name.
 */
export type RefusedResume = 'unknown' | 'gap'

/** Data of `$ack`. PROTOCOL.md §$ack. */
export interface AckRequest {
  /** Number of the last counted message that the client received. */
  readonly n: number
}

/** Data of the push `$gap`, which stands in the place of messages that the server has forgotten. PROTOCOL.md §$gap. */
export interface GapData {
  /** How many counted messages it stands for. */
  readonly n: number
  /** How many pushes are missing, by name. */
  readonly pushes: Readonly<Record<string, number>>
  /** Seqnos of the requests whose reply is missing. */
  readonly calls: readonly string[]
  /** Whether pushes of any name may be missing beside those. */
  readonly unknown?: boolean
  readonly why: GapReason
}

/**
 * Why messages are missing: the session's journal is full; the reader was slow; pushes of other servers did not come, because
 * their broker was away.
 */
export type GapReason = 'bound' | 'slow' | 'broker'

/** What `$ping` is answered with when the connection has a session: both must equal the client's own counts. PROTOCOL.md §$ping. */
export interface SessionCounts {
  /** Number of the last counted message that the server has sent. */
  readonly sent: number
  /** Counted requests that the server has received. */
  readonly received: number
}
