import { MAX_TIMER_MS } from '@wsrv/protocol'
import { InvalidArgumentError } from 'commander'

/** Where the server is when neither `--url` nor `WSRV_URL` says. */
export const DEFAULT_URL = 'ws://127.0.0.1:8800/ws'

/** Reads the URL of a WebSocket. */
export function readUrl(text: string): string {
  if (URL.canParse(text) && /^wss?:$/.test(new URL(text).protocol)) return text
  throw new InvalidArgumentError(`Expected a WebSocket URL as ${DEFAULT_URL}.`)
}

/** Reads a time in ms. */
export function readMs(text: string): number {
  const ms = Number(text)
  if (Number.isInteger(ms) && ms > 0 && ms <= MAX_TIMER_MS) return ms
  throw new InvalidArgumentError(`Expected a whole number of ms from 1 to ${MAX_TIMER_MS}.`)
}

/** Reads a time with its unit: `500ms`, `10s`, `2m`. */
export function readTime(text: string): number {
  const [, number = '', unit = ''] = /^(\d+)(ms|s|m)$/.exec(text) ?? []
  const ms = Number(number) * (UNITS.get(unit) ?? Number.NaN)
  if (ms > 0 && ms <= MAX_TIMER_MS) return ms
  throw new InvalidArgumentError('Expected a time as 500ms, 10s or 2m.')
}

/** Reads a time, or from when to when: `50ms`, `50ms-200ms`. */
export function readTimes(text: string): readonly [least: number, most: number] {
  const [least = '', most = least, ...more] = text.split('-')
  if (more.length === 0 && readTime(least) <= readTime(most)) return [readTime(least), readTime(most)]
  throw new InvalidArgumentError('Expected a time, or two, the longer one last: 50ms-200ms.')
}

/** Reads a share as `0.1` or `10%`. */
export function readShare(text: string): number {
  const [, number = '', percent] = /^(\d+(?:\.\d+)?)(%)?$/.exec(text) ?? []
  const share = number === '' ? Number.NaN : Number(number) / (percent === undefined ? 1 : PERCENT)
  if (share >= 0 && share <= 1) return share
  throw new InvalidArgumentError('Expected a share as 0.1 or 10%.')
}

/** Reads a port of this machine. */
export function readPort(text: string): number {
  const port = Number(text)
  if (text !== '' && Number.isInteger(port) && port >= 0 && port <= MAX_PORT) return port
  throw new InvalidArgumentError(`Expected a number from 0 to ${MAX_PORT}.`)
}

/** Makes a reader of whole numbers from `least` to `most`. */
export function readWhole(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (text !== '' && Number.isInteger(number) && number >= least && number <= most) return number
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`)
  }
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
])
const PERCENT = 100
const MAX_PORT = 65_535
