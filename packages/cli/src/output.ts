import { createColors } from 'picocolors'
import { createStatus } from './show/progress-bar.ts'

/** Where a command writes, in colour where that is readable. */
export interface Output {
  /** A line on standard output. */
  readonly info: (line: string) => void
  /** A line on standard error. */
  readonly error: (line: string) => void
  /** Whether people read standard output; programs do where it is piped. */
  readonly isTerminal: boolean
  /** Shows how far something is, in the place of the line before; absent where no terminal is. */
  readonly status?: (text: string) => void
  readonly colors: ReturnType<typeof createColors>
}

/** The output of this process. */
export function openOutput(): Output {
  return {
    info: (line) => void process.stdout.write(`${line}\n`),
    error: (line) => void process.stderr.write(`${line}\n`),
    isTerminal: process.stdout.isTTY === true,
    ...(process.stderr.isTTY === true && { status: createStatus((text) => void process.stderr.write(text)) }),
    colors: createColors(wantsColors()),
  }
}

/** An output without colours that hands its lines to functions. */
export function plainOutput(info: (line: string) => void, error: (line: string) => void = info): Output {
  return { info, error, isTerminal: true, colors: createColors(false) }
}

/**
 * Whether colours are wanted: what `NO_COLOR` and `FORCE_COLOR` say, in this order, else both streams being terminals.
 * A CI whose logs are read as text gets none.
 */
function wantsColors(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0'
  // A stream that is not a terminal has no `isTTY`, whatever its type says.
  return [process.stdout, process.stderr].every(({ isTTY }) => isTTY === true) && TERM !== 'dumb'
}

/** `1 problem`, `2 problems`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
