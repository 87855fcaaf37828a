import type { Diagnostic } from '../diagnostic.ts'
import type { ContractChange } from '../diff/contract-change.ts'

/** Why a function of a project did nothing. */
export interface Failure {
  /** Whether the request or the config is wrong, or what the schema files declare. */
  readonly wrong: 'request' | 'contract'
  readonly diagnostics: readonly Diagnostic[]
}

/** A request or a config that is wrong. */
export function wrongRequest(diagnostics: readonly Diagnostic[]): Failure {
  return { wrong: 'request', diagnostics }
}

/** A contract that is wrong. */
export function wrongContract(diagnostics: readonly Diagnostic[]): Failure {
  return { wrong: 'contract', diagnostics }
}

/** A change of one of a project's contracts. */
export interface ProjectChange extends ContractChange {
  /** The contract that changed, where a config holds several. */
  readonly contract?: string
  /** The reason for which the config lets it pass. */
  readonly allowed?: string
  /** The earlier versions since which it is a change, where there are several. */
  readonly against?: readonly string[]
}
