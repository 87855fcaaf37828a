import type { ContractProblem } from '@wsrv/schema'

/** Something that is wrong with a file, or should be looked at, as data. */
export interface Diagnostic {
  /** Relative to the config's folder. */
  readonly file: string
  /** 1 is the first; absent where only the file is known. */
  readonly line?: number
  /** 1 is the first. */
  readonly column?: number
  /** The export that it is about. */
  readonly exportName?: string
  /** Whole sentences: what is wrong, what was expected, what to do. */
  readonly message: string
  /** The contracts that it is about, where a config holds several. */
  readonly contracts?: readonly string[]
}

/** A contract's problem as a diagnostic. */
export function toDiagnostic({ file, exportName, wrong, expected, advice }: ContractProblem): Diagnostic {
  const message = `${wrong}. Expected ${expected}.`
  return { file, exportName, message: advice === undefined ? message : `${message} ${advice}.` }
}

/** Says of diagnostics which contract they are about; nothing where a config holds but one. */
export function ofContract(diagnostics: readonly Diagnostic[], name: string | undefined): readonly Diagnostic[] {
  return name === undefined ? diagnostics : diagnostics.map((one) => ({ ...one, contracts: [name] }))
}

/** Each diagnostic once, with all the contracts that it is about: a file that they share is wrong in all of them. */
export function mergeDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const merged = new Map<string, Diagnostic>()
  for (const { contracts, ...one } of diagnostics) {
    const key = JSON.stringify(one)
    const names = [...(merged.get(key)?.contracts ?? []), ...(contracts ?? [])]
    merged.set(key, names.length === 0 ? one : { ...one, contracts: names })
  }
  return [...merged.values()]
}

/** A diagnostic as compilers print it: `schema/users.ts:3:7: register: … (contract shop)`. */
export function formatDiagnostic({ file, line, column, exportName, message, contracts = [] }: Diagnostic): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':')
  const text = [place, exportName, message].filter((part) => part !== undefined).join(': ')
  return contracts.length === 0 ? text : `${text} (contract${contracts.length > 1 ? 's' : ''} ${contracts.join(', ')})`
}
