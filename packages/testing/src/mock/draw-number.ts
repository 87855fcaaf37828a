import type { Draw } from './draw.ts'

/** What the draw looks at. */
export interface NumberKeywords {
  readonly type: string
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
}

/** Draws a number that a schema accepts and that its property's name makes plausible. */
export function drawNumber(schema: NumberKeywords, name: string, draw: Draw): number {
  const step = schema.multipleOf ?? (schema.type === 'integer' ? 1 : 0)
  const [least, most] = boundsOf(schema, step || FINEST)
  const named = NAMES.find(([pattern]) => pattern.test(name))?.[1](draw)
  if (named !== undefined) {
    const value = toStep(named, step)
    if (value >= least && value <= most) return value
  }
  const low = least > -Infinity ? least : Math.min(0, most)
  const high = most < Infinity ? most : Math.max(low, 0) + USUAL_SPAN
  if (step === 0) return Math.min(most, Math.round((low + draw.random() * (high - low)) * HUNDREDTHS) / HUNDREDTHS)
  return toStep(draw.whole(Math.ceil(low / step), Math.floor(high / step)) * step, step)
}

/** Numbers that people expect under a name, in the schema's bounds or not. */
const NAMES: readonly (readonly [RegExp, (draw: Draw) => number])[] = [
  [/(At|Since|Until|_at|_since|time|Time|timestamp|Timestamp)(_?ms|Ms)?$/, (draw) => past(draw)],
  [/(duration|timeout|delay|latency|elapsed).*ms$/i, (draw) => draw.whole(1, 5_000)],
  [/^(age|years)$/i, (draw) => draw.whole(18, 80)],
  [/(price|amount|total|cost|balance)$/i, (draw) => draw.whole(100, 20_000) / HUNDREDTHS],
  [/(width|height)$/i, (draw) => draw.pick([240, 320, 480, 640, 800, 1_024])],
  [/^(lat|latitude)$/i, (draw) => draw.faker.location.latitude()],
  [/^(lon|lng|longitude)$/i, (draw) => draw.faker.location.longitude()],
  [/(percent|progress|ratio)$/i, (draw) => draw.whole(0, 100)],
  [/(count|size|length|unread|online|page)$/i, (draw) => draw.whole(0, 40)],
  [/(^|[a-z_])(id|Id|ID)$/, (draw) => draw.whole(1, 9_999)],
]

/** A moment of the last thirty days, in ms since 1970. */
export function past(draw: Draw): number {
  return draw.nowMs - Math.floor(draw.random() * THIRTY_DAYS_MS)
}

function boundsOf(schema: NumberKeywords, step: number): readonly [number, number] {
  const { minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity, exclusiveMaximum = Infinity } = schema
  return [Math.max(minimum, exclusiveMinimum + step), Math.min(maximum, exclusiveMaximum - step)]
}

function toStep(value: number, step: number): number {
  return step === 0 ? value : Number((Math.round(value / step) * step).toPrecision(PRECISE_DIGITS))
}

const THIRTY_DAYS_MS = 30 * 24 * 60 * 60 * 1_000
const USUAL_SPAN = 1_000
const HUNDREDTHS = 100
const FINEST = 0.01
const PRECISE_DIGITS = 12
