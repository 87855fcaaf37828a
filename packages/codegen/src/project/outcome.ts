import type { Diagnostic } from '../diagnostic.ts'

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
