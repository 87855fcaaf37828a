/** What a parent asks the process under attack. */
export type Question = 'sample' | 'settled sample'

/** What an attack has done to it so far. */
export interface Sample {
  /** CPU time of the whole process, so that a busy machine does not count. */
  readonly cpuMs: number
  readonly rssBytes: number
  readonly logLines: number
  readonly handlersStarted: number
  readonly hooksStarted: number
}
