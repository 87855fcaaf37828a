import {
  ACK_BYTES,
  ACK_EVERY,
  JOURNAL_BYTES,
  JOURNAL_MESSAGES,
  JOURNAL_TOTAL_BYTES,
  MAX_DETACHED,
  RESUME_WINDOW_MS,
} from '@wsrv/protocol'

/** How sessions outlive their connections. Each bound, its unit and its reason: PROTOCOL.md §Limits. */
export interface SessionLimits {
  /** Time for which a session outlives its connection, in ms. Default 2 min. */
  readonly windowMs: number
  /** Sessions without a connection that are kept; beyond it the one detached first ends. Default 10,000. */
  readonly maxDetached: number
  /** Unacknowledged messages that are kept for a session; what is forgotten beyond is a told gap. Default 1,024. */
  readonly journalMessages: number
  /** Bytes of them. Default 256 KiB. */
  readonly journalBytes: number
  /** Bytes of them, of all sessions; beyond it detached sessions end. Default 64 MiB. */
  readonly journalTotalBytes: number
  /** Messages after which a client acknowledges. Default 256. */
  readonly ackEvery: number
  /** Bytes after which a client acknowledges. Default 64 KiB. */
  readonly ackBytes: number
}

/** The limits of a server that was given none. */
export const DEFAULT_SESSION_LIMITS: SessionLimits = {
  windowMs: RESUME_WINDOW_MS,
  maxDetached: MAX_DETACHED,
  journalMessages: JOURNAL_MESSAGES,
  journalBytes: JOURNAL_BYTES,
  journalTotalBytes: JOURNAL_TOTAL_BYTES,
  ackEvery: ACK_EVERY,
  ackBytes: ACK_BYTES,
}
