import { writeJson } from '@wsrv/protocol'

/**
 * Makes a function of source text, as TypeBox does for checks.
 *
 * @param names what the text may use besides JavaScript itself.
 * @returns `undefined` when the process may not (`--disallow-code-generation-from-strings`).
 */
export function generate<Result>(source: string, names: Readonly<Record<string, unknown>>): Result | undefined {
  try {
    return new Function(...Object.keys(names), `"use strict";${source}`)(...Object.values(names)) as Result
  } catch (error) {
    if (error instanceof EvalError) return undefined
    throw error
  }
}

/** A JSON value as source text: JSON is a part of JavaScript, to the last character since ECMAScript 2019. */
export function literal(value: unknown): string {
  return writeJson(value) as string
}
