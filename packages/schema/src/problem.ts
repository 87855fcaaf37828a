/** One thing that is wrong with a contract, as data: the generator prints it as a compiler would. */
export interface Problem {
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

/** Where an export stands: what {@link Problem} takes its place from. */
export interface Place {
  readonly file: string
  readonly exportName: string
}

/** A problem as one line of text: `schema/users.ts: register: … . Expected … . Advice.` */
export function formatProblem({ file, exportName, wrong, expected, advice }: Problem): string {
  const line = `${file}: ${exportName}: ${wrong}. Expected ${expected}.`
  return advice === undefined ? line : `${line} ${advice}.`
}

/** A place as a message names it: `register in schema/users.ts`. */
export function formatPlace({ file, exportName }: Place): string {
  return `${exportName} in ${file}`
}
