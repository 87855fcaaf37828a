import type { GapData, RefusedResume } from '@wsrv/protocol'

/**
 * Why a session did not outlive its connection. `unknown` and `gap` are the server's words; `expired`: it was not resumed in
 * time; `unsupported`: the server grants none; `count`: both ends did not count the same; `taken`: another connection has it.
 */
export type LostWhy = RefusedResume | 'expired' | 'unsupported' | 'count' | 'taken'

/** What became of a session when its client came back. */
export interface SessionChange {
  /** Whether nothing is lost but what `onGap` tells. Otherwise all that was pushed in between is. */
  readonly recovered: boolean
  readonly why?: LostWhy
}

/** A gap in a push of some name: with `snapshot()` where the contract names a command for it. */
export type GapOf<Snapshots, Name> = Name extends keyof Snapshots ? GapWithSnapshot<Snapshots[Name]> : Gap

/** Pushes that were missed, and a way to make up for them. */
export interface GapWithSnapshot<Snapshot> extends Gap {
  /**
   * Fetches what the push tells changes of, at a random moment within 2 s; those who ask meanwhile share one call. Rejects as
   * the call of that command does.
   */
  snapshot(): Promise<Snapshot>
}

/** Pushes that were missed. */
export interface Gap {
  /** How many; `undefined` when that is not known: it may be none. */
  readonly count: number | undefined
  /**
   * `bound`: the server kept no more; `slow`: this client did not read them; `broker`: its server was cut off from the others;
   * `lost`: the session was.
   */
  readonly why: GapData['why'] | 'lost'
}
