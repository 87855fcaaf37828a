import type { Problem } from '@wsrv/schema'

/** One thing to tell the user about a file, as data. */
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
}

/** A contract's problem as a diagnostic. */
export function toDiagnostic({ file, exportName, wrong, expected, advice }: Problem): Diagnostic {
  const message = `${wrong}. Expected ${expected}.`
  return { file, exportName, message: advice === undefined ? message : `${message} ${advice}.` }
}

/** A diagnostic as compilers print it: `schema/users.ts:3:7: register: …`. */
export function formatDiagnostic({ file, line, column, exportName, message }: Diagnostic): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':')
  return [place, exportName, message].filter((part) => part !== undefined).join(': ')
}
