import type { Faker } from '@faker-js/faker'
import { faker as english } from '@faker-js/faker/locale/en'
import { createSeededRandom } from '../seeded-random.ts'

/** Chance that is the same for the same seed. */
export interface Draw {
  /** A library of plausible words, names and addresses, seeded. */
  readonly faker: Faker
  /** The moment that drawn times lie before, in ms since 1970. */
  readonly nowMs: number
  /** From 0 to below 1. */
  readonly random: () => number
  /** Whether what happens with this probability happens. */
  chance(probability: number): boolean
  /** One of several, of which there is at least one. */
  pick<Value>(values: readonly Value[]): Value
  /** A whole number from `least` to `most`. */
  whole(least: number, most: number): number
  /** A word of small letters. */
  word(): string
}

/** Begins to draw. Faker is one for the module, so that what is drawn by one call ends before another begins. */
export function createDraw(seed: string, nowMs: number): Draw {
  const random = createSeededRandom(hash(seed))
  FAKER.seed(hash(seed))
  FAKER.setDefaultRefDate(nowMs)
  return {
    faker: FAKER,
    nowMs,
    random,
    chance: (probability) => random() < probability,
    pick: <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)] as Value,
    whole: (least, most) => least + Math.floor(random() * (most - least + 1)),
    word: () =>
      FAKER.word
        .noun()
        .toLowerCase()
        .replace(/[^a-z]/g, ''),
  }
}

/** One of our own: an application's tests may seed the shared one. */
const FAKER: Faker = new (english.constructor as typeof Faker)({ locale: english.rawDefinitions })

/** FNV-1a, 32 bits: the same text is the same seed. */
function hash(text: string): number {
  let state = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193)
  return state >>> 0
}
