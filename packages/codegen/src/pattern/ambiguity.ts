import type { Automaton } from './automaton.ts'
import { findComponents, findWay } from './components.ts'
import { UnreadablePattern } from './parse-pattern.ts'

/** A text that a search can read in many ways before it fails: a part of it repeats. */
export interface Ambiguity {
  /** The state that the repeated text leads back to. */
  readonly state: number
  /** The state that it leads to in the end, from which a search has to fail for the others to be tried. */
  readonly last: number
  /** What is read, a set per character. */
  readonly word: readonly bigint[]
}

/** More pairs or triples of states than any pattern has that a person wrote. */
const MAX_NODES = 60_000

/** The states of an automaton that can be come back to, and which of them can be come back to from each other. */
export class Loops {
  readonly #automaton: Automaton
  readonly #components: ReadonlyMap<number, number>
  /** The states that can be come back to, by their loop. */
  readonly states: ReadonlyMap<number, readonly number[]>
  readonly #size: number

  constructor(automaton: Automaton) {
    this.#automaton = automaton
    this.#size = automaton.sets.length
    const nodes = automaton.sets.map((_, state) => state)
    this.#components = findComponents({ nodes, next: this.next })
    const byLoop = new Map<number, number[]>()
    for (const state of nodes) {
      const loop = this.loopOf(state)
      if (loop !== undefined) byLoop.set(loop, [...(byLoop.get(loop) ?? []), state])
    }
    this.states = byLoop
  }

  /** Where a search can go on. It may do so where it has a match, to find a longer one. */
  readonly next = (state: number): readonly number[] => this.#automaton.next[state] ?? []

  /** A number per group of states that lead back to each other; `undefined` for a state that is read once at most. */
  readonly loopOf = (state: number): number | undefined => {
    const loop = this.#components.get(state)
    return this.next(state).some((to) => this.#components.get(to) === loop) ? loop : undefined
  };

  /**
   * Two ways around one state that read the same text: n times that text can be read in 2ⁿ ways (Weber and Seidl 1991, EDA).
   * Yields at least one for each state that there are such ways around.
   */
  *exponential(): Generator<Ambiguity> {
    for (const states of this.states.values()) {
      yield* this.#doubleSteps(states)
      yield* this.#twoWays(states)
    }
  }

  *#doubleSteps(states: readonly number[]): Generator<Ambiguity> {
    const members = new Set(states)
    const { isDouble, sets } = this.#automaton
    const inside = (state: number): readonly number[] => this.#steps(state, (to) => members.has(to))
    for (const state of states) {
      const doubled = inside(state).filter((to) => isDouble(state, to))
      for (const to of doubled) {
        const back = findWay([to], inside, (one) => one === state)
        yield { state, last: state, word: back.map((one) => sets[one] ?? 0n) }
      }
    }
  }

  /** Of each state that two ways lead back to: the shortest text that both read. */
  *#twoWays(states: readonly number[]): Generator<Ambiguity> {
    const members = new Set(states)
    const size = this.#size
    const next = (pair: number): readonly number[] =>
      this.#steps(Math.floor(pair / size), (state) => members.has(state)).flatMap((one) =>
        this.#steps(pair % size, (state) => members.has(state) && this.#meet(one, state)).map(
          (other) => one * size + other,
        ),
      )
    const same = states.map((state) => state * size + state)
    const components = findComponents({ nodes: same, next: limit(next) })
    const parted = new Set([...components].filter(([pair]) => !this.#isSame(pair)).map(([, component]) => component))
    for (const begin of same.filter((pair) => parted.has(components.get(pair) ?? -1))) {
      yield { state: begin % size, last: begin % size, word: this.#partAndMeet(begin, next) }
    }
  }

  /** What is read on the shortest way from a pair of the same state through one of two states back to it. */
  #partAndMeet(begin: number, next: (pair: number) => readonly number[]): readonly bigint[] {
    const size = this.#size
    // Twice the pair, and one more once the ways have parted.
    const walk = (node: number): readonly number[] =>
      next(Math.floor(node / 2)).map((pair) => pair * 2 + (node % 2 === 1 || !this.#isSame(pair) ? 1 : 0))
    const way = findWay([begin * 2], limit(walk), (node) => node === begin * 2 + 1).slice(1)
    return way.map((node) => Math.floor(node / 2)).map((pair) => this.#both(Math.floor(pair / size), pair % size))
  }

  #isSame(pair: number): boolean {
    return Math.floor(pair / this.#size) === pair % this.#size
  }

  /**
   * The loops that a text can leave for another in as many ways as it has characters: around the first, from the first to the
   * second, and around the second it is the same text (IDA).
   */
  findPolynomial(): ReadonlyMap<number, ReadonlyMap<number, Ambiguity>> {
    const size = this.#size
    const looping = [...this.states.values()].flat()
    const starts = looping.flatMap((one) =>
      this.#reached(one)
        .filter((other) => this.loopOf(other) !== undefined && this.loopOf(other) !== this.loopOf(one))
        .map((other) => (one * size + one) * size + other),
    )
    const step = limit((triple: number) => this.#stepTriple(triple))
    const next = (triple: number): readonly number[] => {
      const [one, middle, other] = this.#split(triple)
      const back = middle === other ? [(one * size + one) * size + other] : []
      return [...step(triple), ...back]
    }
    const components = findComponents({ nodes: starts, next })
    const found = new Map<number, Map<number, Ambiguity>>()
    for (const start of starts) {
      const [one, , other] = this.#split(start)
      const end = (one * size + other) * size + other
      if (components.get(start) !== components.get(end)) continue
      const [from, to] = [this.loopOf(one) ?? 0, this.loopOf(other) ?? 0]
      const known = found.get(from) ?? new Map<number, Ambiguity>()
      found.set(from, known)
      if (known.has(to)) continue
      const way = findWay(
        [start],
        (triple) => this.#stepTriple(triple),
        (triple) => triple === end,
      ).slice(1)
      if (way.length > 0)
        known.set(to, { state: one, last: other, word: way.map((triple) => this.#all(this.#split(triple))) })
    }
    return found
  }

  #stepTriple(triple: number): readonly number[] {
    const [one, middle, other] = this.#split(triple)
    const size = this.#size
    const sameLoop = (from: number) => (to: number) => this.#components.get(to) === this.#components.get(from)
    return this.#steps(one, sameLoop(one)).flatMap((first) =>
      this.#steps(other, (last) => sameLoop(other)(last) && this.#meet(first, last)).flatMap((last) =>
        this.#steps(middle, (state) => this.#all([first, state, last]) !== 0n).map(
          (state) => (first * size + state) * size + last,
        ),
      ),
    )
  }

  #steps(from: number, isWanted: (to: number) => boolean): readonly number[] {
    return this.next(from).filter(isWanted)
  }

  #reached(from: number): readonly number[] {
    const seen = new Set<number>([from])
    for (const state of seen) for (const to of this.next(state)) seen.add(to)
    return [...seen]
  }

  #split(triple: number): readonly [one: number, middle: number, other: number] {
    const size = this.#size
    return [Math.floor(triple / size / size), Math.floor(triple / size) % size, triple % size]
  }

  #meet(one: number, other: number): boolean {
    return this.#both(one, other) !== 0n
  }

  #both(one: number, other: number): bigint {
    return this.#all([one, other])
  }

  #all(states: readonly number[]): bigint {
    return states.map((state) => this.#automaton.sets[state] ?? 0n).reduce((all, set) => all & set)
  }
}

/** Stops a search through more than there is time for. */
function limit(next: (node: number) => readonly number[]): (node: number) => readonly number[] {
  let left = MAX_NODES
  return (node) => {
    left -= 1
    if (left < 0) throw new UnreadablePattern('is too intricate to be looked into')
    return next(node)
  }
}
