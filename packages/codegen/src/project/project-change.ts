import type { ContractChange } from '../diff/contract-change.ts'

/** A change of one of a project's contracts. */
export interface ProjectChange extends ContractChange {
  /** The contract that changed, where a config holds several. */
  readonly contract?: string
  /** The reason for which the config lets it pass. */
  readonly allowed?: string
  /** The earlier versions since which it is a change, where there are several. */
  readonly against?: readonly string[]
}
