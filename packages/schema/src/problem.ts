/** One thing that is wrong with a contract, as data: the generator prints it as a compiler would. */
export interface ContractProblem {
  /** Schema file, as the loader named it. */
  readonly file: string
  /** The export that is wrong. */
  readonly exportName: string
  /** What is wrong, without a full stop: `params names "uuid", which is not a property of request (has: uid)`. */
  readonly wrong: string
  /** What was expected, to follow the word "Expected". */
  readonly expected: string
  /** What to do about it, a sentence of its own without its full stop. */
  readonly advice?: string
}

/** Where an export stands. */
export interface Place {
  readonly file: string
  readonly exportName: string
}

/** A problem before its place is known. */
export type UnplacedProblem = Omit<ContractProblem, keyof Place>

/** Adds the place where they were found to problems. */
export function placeProblems(
  { file, exportName }: Place,
  problems: readonly UnplacedProblem[],
): readonly ContractProblem[] {
  return problems.map((problem) => ({ file, exportName, ...problem }))
}

/** A problem as one line of text: `schema/users.ts: register: … . Expected … . Advice.` */
export function formatProblem({ file, exportName, wrong, expected, advice }: ContractProblem): string {
  const line = `${file}: ${exportName}: ${wrong}. Expected ${expected}.`
  return advice === undefined ? line : `${line} ${advice}.`
}

/** A place as a message names it: `register in schema/users.ts`. */
export function formatPlace({ file, exportName }: Place): string {
  return `${exportName} in ${file}`
}
