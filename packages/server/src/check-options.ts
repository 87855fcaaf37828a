import { describe, HARD_MESSAGE_FACTOR } from '@wsrv/protocol'

/** What a number may be. */
export interface NumberRange {
  readonly min: number
  readonly max: number
  /** Default true. */
  readonly isInteger?: boolean
  /** Whether `Infinity`, no limit, is allowed too; default false. */
  readonly canBeInfinite?: boolean
}

/** How long timers of JavaScript wait at most, in ms: with more they fire at once. */
const MAX_TIMER_MS = 2_147_483_647

/** Some 24 days: longer waits are not what anyone means. */
export const TIMER_RANGE: NumberRange = { min: 1, max: MAX_TIMER_MS }

/** A time that may be 0. */
export const DELAY_RANGE: NumberRange = { min: 0, max: MAX_TIMER_MS }

/** A limit that may be off. */
export const COUNT_RANGE: NumberRange = { min: 0, max: Number.MAX_SAFE_INTEGER, canBeInfinite: true }

/** The longest text of V8 in characters; a message that is received must fit in one. */
const MAX_TEXT_CHARS = 536_870_888

/** What `maxMessageBytes` may be: above it the hard limit, so many times as much, could not hold. */
export const MESSAGE_BYTES_RANGE: NumberRange = { min: 1, max: Math.floor(MAX_TEXT_CHARS / HARD_MESSAGE_FACTOR) }

/**
 * Options with their defaults: an option that is `undefined` counts as left out.
 *
 * @param ranges what each number may be, by its name.
 * @param prefix how messages call the options: `limits.`.
 * @throws RangeError when a number is out of range or not a number; it names the option, its range and the value.
 */
export function resolveNumbers<Options extends { readonly [Name in keyof Options]: number }>(
  options: { readonly [Name in keyof Options]?: Options[Name] | undefined } | undefined,
  defaults: Options,
  ranges: Readonly<Record<keyof Options, NumberRange>>,
  prefix = '',
): Options {
  const given: Partial<Record<string, unknown>> = options ?? {}
  const resolved = Object.entries<number>(defaults).map(([name, usual]) => {
    const value = given[name] ?? usual
    checkNumber(`${prefix}${name}`, value, ranges[name as keyof Options])
    return [name, value]
  })
  return Object.fromEntries(resolved) as Options
}

/** @throws RangeError when the value is not in the range. */
export function checkNumber(name: string, value: unknown, range: NumberRange): void {
  const { min, max, isInteger = true, canBeInfinite = false } = range
  if (canBeInfinite && value === Infinity) return
  const fits = typeof value === 'number' && value >= min && value <= max && (!isInteger || Number.isInteger(value))
  if (fits) return
  const kind = isInteger ? 'an integer' : 'a number'
  const orInfinite = canBeInfinite ? ', or Infinity' : ''
  throw new RangeError(`${name} must be ${kind} from ${min} to ${max}${orInfinite}, got ${describe(value)}`)
}

/** @throws TypeError when the value is not one of those allowed. */
export function checkChoice(name: string, value: unknown, choices: readonly unknown[]): void {
  if (choices.includes(value)) return
  throw new TypeError(`${name} must be ${choices.map(describe).join(' or ')}, got ${describe(value)}`)
}

/** @throws TypeError when the value is not an object. */
export function checkObject<Value extends object>(name: string, value: Value): Value {
  if (typeof value === 'object' && value !== null) return value
  throw new TypeError(`${name} must be an object, got ${describe(value)}`)
}
