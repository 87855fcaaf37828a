import type { Contestant } from '../contestants/contestant.ts'

/** Something that contestants are compared in. */
export interface Scenario {
  /** On the command line and in the results. */
  readonly name: string
  /** What is done, for people. */
  readonly title: string
  /** The table's columns; the first is the one that is drawn. */
  readonly measures: readonly Measure[]
  /** Contestants, unless the command line names others. Default: all without bufferutil. */
  readonly contestants?: readonly string[]
  /** Length of one measurement when the command line does not say, in seconds. */
  readonly seconds: number
  /** Rounds when the command line does not say. */
  readonly rounds: number
  /** What it runs of a contestant besides its server, named as for `program`. */
  programs?(contestant: Contestant): readonly string[]
  /** Called once before the first round, when the load depends on the machine. */
  prepare?(): Promise<void>
  /** Measures one contestant once. */
  run(contestant: Contestant, seconds: number): Promise<Sample>
}

/** One number that a scenario measures. Less is better. */
export interface Measure {
  readonly key: string
  /** The column's head, with the unit. */
  readonly label: string
  /** Whether its spread and its ratio to the first contestant are shown. */
  readonly isCompared: boolean
  /** Digits behind the point. Default 1. */
  readonly digits?: number
}

/** What one measurement gave, by the measures' keys. */
export interface Sample {
  readonly values: Readonly<Record<string, number>>
  /** Why it must not be believed. */
  readonly refusal?: string
}
