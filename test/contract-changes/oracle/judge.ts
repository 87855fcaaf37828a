import type { ContractChange } from '@wsrv/codegen'
import { compareContracts } from '@wsrv/codegen/api'
import type { Contract } from '@wsrv/schema'
import { Version } from './peers.ts'
import type { Subject } from './schemas.ts'
import { type Random, sampleValue } from './values.ts'

/** What is wrong with what the comparer said. */
export interface Fault {
  readonly kind: 'crash' | 'false SAFE' | 'false BREAKING' | 'noise'
  readonly where: 'request' | 'response'
  /** What the comparer said. */
  readonly said: readonly string[]
  /** A value that shows it, or the error. */
  readonly witness?: unknown
}

/** What is judged. */
export interface Question {
  readonly before: Subject
  readonly after: Subject
  /** Whether values are known to be the same. */
  readonly isNeutral: boolean
  readonly random: Random
  /** The comparer; another one where the oracle itself is tested. */
  readonly compare?: typeof compareContracts
}

/** Values that are tried to show that SAFE is wrong, and to show that BREAKING is right. */
const SAMPLES = 40
const SAMPLES_BEFORE_DOUBT = 8_000

/** Compares two versions both ways and looks for values that prove the comparer wrong. */
export function judge({ before, after, isNeutral, random, compare = compareContracts }: Question): readonly Fault[] {
  const [old, now] = [new Version(before), new Version(after)]
  let changes: readonly ContractChange[]
  try {
    changes = compare(contractOf(old), contractOf(now))
  } catch (error) {
    return [{ kind: 'crash', where: 'request', said: [], witness: error }]
  }
  return (['request', 'response'] as const).flatMap((where) => {
    const own = changes.filter(({ path }) => path.startsWith(`/${where}`))
    return judgeMessage(own, { where, old, now, isNeutral, random })
  })
}

interface Message extends Pick<Question, 'isNeutral' | 'random'> {
  readonly where: Fault['where']
  readonly old: Version
  readonly now: Version
}

function judgeMessage(changes: readonly ContractChange[], message: Message): readonly Fault[] {
  const { where, old, now, isNeutral, random } = message
  const said = changes.map(({ severity, id, before, after }) => `${severity} ${id}: ${before} → ${after}`)
  if (isNeutral && changes.length > 0) return [{ kind: 'noise', where, said }]
  const pool = new Pool(old, now, random)
  const breaks = where === 'request' ? refused(old, now) : unexpected(now, old)
  if (changes.every(({ severity }) => severity === 'SAFE')) {
    const breaksLater = where === 'request' ? () => false : unexpected(old, now)
    const witness = pool.find((value) => breaks(value) || breaksLater(value), SAMPLES)
    return witness === undefined ? [] : [{ kind: 'false SAFE', where, said, witness }]
  }
  if (!changes.some(({ severity }) => severity === 'BREAKING')) return []
  return pool.find(breaks, SAMPLES_BEFORE_DOUBT) === undefined ? [{ kind: 'false BREAKING', where, said }] : []
}

/** Whether a request that worked is refused. */
function refused(old: Version, now: Version) {
  return (value: unknown): boolean => !now.serves(value) && old.isSent(value)
}

/** Whether an answer of one version is none that a client of the other was compiled for. */
function unexpected(server: Version, client: Version) {
  return (value: unknown): boolean => !client.isExpected(value) && server.isAnswered(value)
}

/** Values of both versions, and mixtures. */
class Pool {
  readonly #subjects: readonly Subject[]
  readonly #random: Random

  constructor(old: Version, now: Version, random: Random) {
    this.#subjects = [old, now].map(({ message, types }) => ({ schema: message, types }))
    this.#random = random
  }

  /** The first of so many values that a claim is true of. */
  find(isTrue: (value: unknown) => boolean, samples: number): unknown {
    for (let at = 0; at < samples; at += 1) {
      const value = sampleValue(this.#subjects[at % 2] as Subject, this.#random)
      if (isTrue(value)) return value
    }
    return undefined
  }
}

function contractOf({ message, types }: Version): Contract {
  const act = { cmd: 'act', request: message, response: message, errors: {}, idempotent: false }
  return { commands: [act], pushes: [], types }
}
