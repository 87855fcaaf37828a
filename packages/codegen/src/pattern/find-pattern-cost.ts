import type { SearchCost } from '@wsrv/protocol'
import { type Ambiguity, Loops } from './ambiguity.ts'
import { type Automaton, createAutomaton } from './automaton.ts'
import { findWay } from './components.ts'
import { countWays } from './count-ways.ts'
import { parsePattern, UnreadablePattern } from './parse-pattern.ts'

/**
 * What it costs at most to search a text of n characters for a pattern, as JavaScript does: by trying one way after the other.
 *
 * A polynomial one costs up to `factor` × n^`degree` steps: 1 × n where it reads the text once. `witness` is a text whose `pump`
 * repeated makes it cost that much.
 */
export type PatternCost =
  | (SearchCost & { readonly kind: 'polynomial'; readonly witness?: PatternWitness })
  | { readonly kind: 'exponential'; readonly witness: PatternWitness }
  | { readonly kind: 'unknown'; readonly reason: string }

/** A text that is dear to search. */
export interface PatternWitness {
  readonly prefix: string
  /** Each repetition of it makes the search longer. */
  readonly pump: string
  /** What the search fails at. */
  readonly suffix: string
}

/**
 * Finds what a pattern costs: from the ways in which its position automaton can read one text, not from how it is written.
 *
 * @param pattern a regular expression under the flag `u`, as JSON Schema's `pattern` is read.
 * @returns `unknown` for what is not regular (references to groups), and for patterns too long to look into.
 */
export function findPatternCost(pattern: string): PatternCost {
  try {
    return new PatternAnalysis(createAutomaton(pattern, parsePattern(pattern))).cost()
  } catch (error) {
    if (error instanceof UnreadablePattern) return { kind: 'unknown', reason: error.message }
    throw error
  }
}

class PatternAnalysis {
  readonly #automaton: Automaton
  readonly #loops: Loops
  /** A character of each kind. */
  readonly #kinds: readonly string[]

  constructor(automaton: Automaton) {
    this.#automaton = automaton
    this.#kinds = automaton.alphabet.distinct([...new Set(automaton.sets)])
    this.#loops = new Loops(automaton)
  }

  cost(): PatternCost {
    let isUnsure = false
    let square: Ambiguity | undefined
    for (const ambiguity of this.#loops.exponential()) {
      const witness = this.#witnessOf(ambiguity)
      if (witness !== undefined) return { kind: 'exponential', witness }
      // Where every text goes on to a match, none of the ways is tried in vain; but each may be gone through again from each character.
      if (this.#findFailure(ambiguity.last, []) === undefined) square ??= ambiguity
      else isUnsure = true
    }
    if (isUnsure) throw new UnreadablePattern('can read one text in many ways')
    return this.#withFactor(this.#polynomial(square))
  }

  /** Beside what grows with the text, there may be ways enough in a short one: `(a?){8}(a?){8}b` tries 13,000 for `aaaaaaaa`. */
  #withFactor({ degree, witness }: Chain): PatternCost {
    const { loopOf } = this.#loops
    const isOnce = (from: number, to: number): boolean => loopOf(from) === undefined || loopOf(from) !== loopOf(to)
    const once = countWays(this.#automaton, this.#kinds, { chars: COUNTED_CHARS, isStep: isOnce })
    if (once.width > MAX_WAYS) return { kind: 'exponential', witness: { prefix: once.text, pump: '', suffix: '' } }
    if (degree === 1) return { kind: 'polynomial', degree, factor: once.width > FEW_WAYS ? once.width : 1 }
    const { total } = countWays(this.#automaton, this.#kinds, { chars: COUNTED_CHARS, isStep: () => true })
    const factor = STEPS_PER_CHAR * Math.max(total / COUNTED_CHARS ** degree, once.width / COUNTED_CHARS)
    return { kind: 'polynomial', degree, factor: Number(factor.toPrecision(2)), ...(witness && { witness }) }
  }

  #polynomial(square: Ambiguity | undefined): Chain {
    const links = [...this.#loops.findPolynomial()].flatMap(([from, ways]) =>
      [...ways].flatMap(([to, ambiguity]): Link[] => {
        const witness = this.#witnessOf(ambiguity) ?? this.#roughWitnessOf(ambiguity)
        return witness === undefined ? [] : [{ from, to, witness }]
      }),
    )
    const chain = this.#longest(links)
    if (square === undefined || chain.degree > 1) return chain
    const { prefix, pump } = this.#textOf(square, '')
    return { degree: 2, witness: { prefix: prefix.join(''), pump: pump.join(''), suffix: '' } }
  }

  /** The longest chain of loops that are left for each other. A loop that leads to another has the higher number. */
  #longest(links: readonly Link[]): Chain {
    const degrees = new Map<number, Chain>()
    const states = this.#loops.states
    for (const loop of [...states.keys()].sort((one, other) => one - other)) {
      let best: Chain = { degree: 1, witness: undefined }
      for (const later of this.#laterLoops(states.get(loop) ?? [])) {
        const behind = degrees.get(later) ?? best
        const link = links.find(({ from, to }) => from === loop && to === later)
        const chain = link === undefined ? behind : { degree: behind.degree + 1, witness: link.witness }
        if (later !== loop && chain.degree > best.degree) best = chain
      }
      degrees.set(loop, best)
    }
    return [...degrees.values()].reduce((best, one) => (one.degree > best.degree ? one : best), {
      degree: 1,
      witness: undefined,
    })
  }

  #laterLoops(states: readonly number[]): ReadonlySet<number> {
    const seen = new Set(states)
    for (const state of seen) for (const to of this.#loops.next(state)) seen.add(to)
    return new Set([...seen].flatMap((state) => this.#loops.loopOf(state) ?? []))
  }

  /** A text with the ambiguity in it that a search fails at; `undefined` where every text goes on to a match. */
  #witnessOf(ambiguity: Ambiguity): PatternWitness | undefined {
    const { begin } = this.#automaton.alphabet
    for (const kind of ['', ...this.#kinds]) {
      const { prefix, pump } = this.#textOf(ambiguity, kind)
      const pumps = Array.from({ length: ROUNDS }, () => pump).flat()
      // A text that nothing matches is best; where there is none, one that no way through the state matches may cost as much.
      const suffix =
        this.#findFailure(0, this.#bitsOf([...prefix, ...pumps], begin)) ??
        this.#findFailure(ambiguity.last, this.#bitsOf(pumps))
      if (suffix !== undefined) return { prefix: prefix.join(''), pump: pump.join(''), suffix }
    }
    return undefined
  }

  /** Less is known of where a search leaves one loop for another: that it can fail there is enough, whatever was read before. */
  #roughWitnessOf(ambiguity: Ambiguity): PatternWitness | undefined {
    const { prefix, pump } = this.#textOf(ambiguity, '')
    const suffix = this.#findFailure(ambiguity.last, [])
    return suffix === undefined ? undefined : { prefix: prefix.join(''), pump: pump.join(''), suffix }
  }

  /** @param liked the character that is taken where it can stand. */
  #textOf(
    { state, word }: Ambiguity,
    liked: string,
  ): { readonly prefix: readonly string[]; readonly pump: readonly string[] } {
    const { alphabet, sets } = this.#automaton
    const like = liked === '' ? 0n : alphabet.bitOf(liked)
    const way = findWay([0], this.#loops.next, (one) => one === state).slice(1)
    return {
      prefix: way.map((one) => (one === 1 ? '' : alphabet.pick(sets[one] ?? 0n))),
      pump: word.map((set) => ((set & like) === 0n ? alphabet.pick(set) : liked)),
    }
  }

  /** What follows the repeated text in a text that does not match; looks at so many texts, and takes one for failing then. */
  #findFailure(state: number, read: readonly bigint[]): string | undefined {
    let states: States | undefined = this.#automaton.isAccepting(state) ? undefined : new Set([state])
    for (const char of read) states = states && this.#read(states, char, state)
    const waiting: (readonly [text: string, states: States])[] = states === undefined ? [] : [['', states]]
    const seen = new Set<string>()
    for (const [text, reached] of waiting) {
      const isOver = this.#read(reached, this.#automaton.alphabet.end, state) !== undefined
      if (isOver || seen.size > MAX_FAILURES) return text
      for (const [longer, next] of this.#longer(text, reached, state)) {
        const key = [...next].sort((one, other) => one - other).join()
        if (!seen.has(key)) waiting.push([longer, next])
        seen.add(key)
      }
    }
    return undefined
  }

  /** The text and one more character of each kind, where that does not match yet. */
  #longer(text: string, from: States, begin: number): readonly (readonly [text: string, states: States])[] {
    return this.#kinds.flatMap((char) => {
      const states = this.#read(from, this.#automaton.alphabet.bitOf(char), begin)
      return states === undefined ? [] : [[text + char, states] as const]
    })
  }

  /** The states behind one more character; `undefined` where one of them is a match of what the state at the begin belongs to. */
  #read(states: States, char: bigint, begin: number): States | undefined {
    const { next, sets, ends } = this.#automaton
    const reached = new Set<number>()
    for (const state of states) {
      for (const to of next[state] ?? []) if (((sets[to] ?? 0n) & char) !== 0n) reached.add(to)
    }
    return [...reached].some((state) => ends(state, begin)) ? undefined : reached
  }

  #bitsOf(chars: readonly string[], ...before: readonly bigint[]): readonly bigint[] {
    return [...before, ...chars.filter((char) => char !== '').map((char) => this.#automaton.alphabet.bitOf(char))]
  }
}

type States = ReadonlySet<number>

interface Link {
  readonly from: number
  readonly to: number
  readonly witness: PatternWitness
}

interface Chain {
  readonly degree: number
  readonly witness: PatternWitness | undefined
}

/** Often enough that the states behind the repeated text are those behind more of it. */
const ROUNDS = 8
const MAX_FAILURES = 300
/** Characters of the text whose ways are counted. */
const COUNTED_CHARS = 64
/** A character that one way reads costs up to four steps of 5 ns. */
const STEPS_PER_CHAR = 4
/** As many as alternatives side by side have; more of them count. */
const FEW_WAYS = 5
/** More than this many ways in a short text are no better than twice as many with each character. */
const MAX_WAYS = 50_000
