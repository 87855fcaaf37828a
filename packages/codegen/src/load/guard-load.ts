/**
 * Time that one module may take to load, in ms: a contract of 1,000 commands takes one second, and what is awaited for longer
 * is awaited for ever.
 */
const LOAD_TIMEOUT_MS = 10_000

/**
 * Loads a module that may do anything: one that would end the process, or never comes to its end, fails instead.
 *
 * @param timeoutMs default {@link LOAD_TIMEOUT_MS}.
 */
export async function guardLoad<Value>(
  load: () => Promise<Value>,
  timeoutMs: number = LOAD_TIMEOUT_MS,
): Promise<Value> {
  const { exit } = process
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LoadError(`did not finish loading within ${timeoutMs / 1_000} s`)), timeoutMs)
  })
  process.exit = (code) => {
    throw new LoadError(`calls process.exit(${code ?? ''}) while loading`)
  }
  try {
    return await Promise.race([load(), late])
  } finally {
    process.exit = exit
    clearTimeout(timer)
  }
}

/** What a module may not do while it loads; the message follows `it`. */
export class LoadError extends Error {}
