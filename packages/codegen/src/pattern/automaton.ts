import { Alphabet } from './alphabet.ts'
import { FEW, type PatternNode, repeats, UnreadablePattern } from './parse-pattern.ts'

/**
 * The position automaton of a pattern: a state per character of the pattern, entered by reading that character.
 *
 * State 0 is the start. State 1 reads over the text that stands before a match, as a search does.
 */
export interface Automaton {
  readonly alphabet: Alphabet
  /** What is read to enter each state. */
  readonly sets: readonly bigint[]
  /** The states that may follow each. */
  readonly next: readonly (readonly number[])[]
  /** Whether a step can be taken in two ways, as from `a` to `a` in `(a+)+`. */
  readonly isDouble: (from: number, to: number) => boolean
  /** Whether the pattern has matched once a state is entered. */
  readonly isAccepting: (state: number) => boolean
  /** Whether what a search of `from` looks for is found once a state is entered: the whole pattern, or the lookahead it stands in. */
  readonly ends: (state: number, from: number) => boolean
}

/**
 * Makes the automaton of a pattern.
 *
 * @throws {@link UnreadablePattern} for one of too many states.
 */
export function createAutomaton(pattern: string, node: PatternNode): Automaton {
  const builder = new AutomatonBuilder(new Alphabet(pattern))
  return builder.build(node)
}

/** How the states of a part hang together with what is around it: in how many ways, where more than two are two. */
interface Fragment {
  readonly first: Ways
  readonly last: Ways
  /** Ways to match nothing. */
  readonly empty: number
}

type Ways = ReadonlyMap<number, number>

const NOTHING: Fragment = { first: new Map(), last: new Map(), empty: 1 }
const NEVER: Fragment = { first: new Map(), last: new Map(), empty: 0 }

/** More states than any pattern needs that a person wrote, and few enough to look at all pairs of. */
const MAX_STATES = 450
/** States of the copies of what is repeated so many times; more of them behave as these do. */
const MAX_COPIED_STATES = 64
/** As {@link FEW}, of a part that repeats within, or that may match nothing. */
const SOME = 8

class AutomatonBuilder {
  readonly #alphabet: Alphabet
  readonly #sets: bigint[] = [0n]
  readonly #follow: Map<number, number>[] = [new Map()]
  /** The lookahead that each state stands in; 0 for none. */
  readonly #aheadOf: number[] = [0]
  readonly #endsOfAhead: Set<number>[] = [new Set()]
  #ahead = 0

  constructor(alphabet: Alphabet) {
    this.#alphabet = alphabet
  }

  build(node: PatternNode): Automaton {
    const search = this.#plus(this.#state(this.#alphabet.any))
    const whole = this.#join({ ...search, empty: 1 }, this.#fragment(node))
    this.#connect(new Map([[0, 1]]), whole.first)
    const follow = this.#follow
    const isAccepting = (state: number): boolean =>
      state === 0 ? whole.empty > 0 : state !== 1 && whole.last.has(state)
    return {
      alphabet: this.#alphabet,
      sets: this.#sets,
      next: follow.map((ways) => [...ways.keys()]),
      isDouble: (from, to) => (follow[from]?.get(to) ?? 0) > 1,
      isAccepting,
      ends: (state, from) => isAccepting(state) || this.#endsOfAhead[this.#aheadOf[from] ?? 0]?.has(state) === true,
    }
  }

  #fragment(node: PatternNode): Fragment {
    switch (node.kind) {
      case 'empty':
        return NOTHING
      case 'character':
        return this.#state(this.#alphabet.setOf(node.source))
      case 'begin':
        return this.#state(this.#alphabet.begin)
      case 'end':
        return this.#state(this.#alphabet.end)
      case 'sequence':
        return node.parts.reduce<Fragment>((before, part) => this.#join(before, this.#fragment(part)), NOTHING)
      case 'choice':
        return node.parts.map((part) => this.#fragment(part)).reduce(either, NEVER)
      case 'ahead':
        return this.#lookahead(node.body)
      case 'repeat':
        return this.#repeat(node)
    }
  }

  #lookahead(body: PatternNode): Fragment {
    const around = this.#ahead
    const ends = new Set<number>()
    this.#ahead = this.#endsOfAhead.push(ends) - 1
    const { first, last } = this.#fragment(body)
    for (const state of last.keys()) ends.add(state)
    this.#ahead = around
    return { first, last: new Map(), empty: 1 }
  }

  #state(set: bigint): Fragment {
    const state = this.#sets.push(set) - 1
    if (state > MAX_STATES) throw new UnreadablePattern('is too long to be looked into')
    this.#follow.push(new Map())
    this.#aheadOf.push(this.#ahead)
    return { first: new Map([[state, 1]]), last: new Map([[state, 1]]), empty: 0 }
  }

  #repeat({ body, min, max }: PatternNode & { readonly kind: 'repeat' }): Fragment {
    if (max === 0) return NOTHING
    const before = this.#sets.length
    const first = this.#fragment(body)
    const most = Math.max(2, Math.floor(MAX_COPIED_STATES / (this.#sets.length - before)))
    // What may be nothing may be so at any of the times that it has to be there: `(a?){30}` reads `aa` in 435 ways.
    if (first.empty > 0 && min > SOME) return this.#plus(this.#plus(first))
    const least = Math.min(min, most)
    const more = max - min
    if (more > (repeats(body) ? SOME : FEW)) {
      const copies = this.#copies(body, first, Math.max(least, 1) - 1)
      const last = this.#plus(copies.length === 0 ? first : this.#fragment(body))
      const all = [...copies, last].reduce((sooner, part) => this.#join(sooner, part), NOTHING)
      return least === 0 ? { ...all, empty: 1 } : all
    }
    const copies = this.#copies(body, first, least + more)
    const optional = copies
      .slice(least)
      .reduceRight((after, part) => maybe(this.#join({ ...part, empty: 0 }, after)), NOTHING)
    return [...copies.slice(0, least), optional].reduce((sooner, part) => this.#join(sooner, part), NOTHING)
  }

  #copies(body: PatternNode, first: Fragment, count: number): readonly Fragment[] {
    return Array.from({ length: count }, (_, index) => (index === 0 ? first : this.#fragment(body)))
  }

  #plus(body: Fragment): Fragment {
    this.#connect(body.last, body.first)
    return body
  }

  #join(before: Fragment, after: Fragment): Fragment {
    this.#connect(before.last, after.first)
    return {
      first: add(before.first, after.first, before.empty),
      last: add(after.last, before.last, after.empty),
      empty: Math.min(2, before.empty * after.empty),
    }
  }

  #connect(from: Ways, to: Ways): void {
    for (const [state, ways] of from) {
      const follow = this.#follow[state]
      for (const [next, more] of to) follow?.set(next, Math.min(2, (follow.get(next) ?? 0) + ways * more))
    }
  }
}

/** ECMAScript tries no repetition that matches nothing, beyond those that have to be there. */
function maybe(part: Fragment): Fragment {
  return { ...part, empty: 1 }
}

function either(one: Fragment, other: Fragment): Fragment {
  return {
    first: add(one.first, other.first, 1),
    last: add(one.last, other.last, 1),
    empty: Math.min(2, one.empty + other.empty),
  }
}

function add(ways: Ways, more: Ways, times: number): Ways {
  if (times === 0) return ways
  const sum = new Map(ways)
  for (const [state, count] of more) sum.set(state, Math.min(2, (sum.get(state) ?? 0) + count * times))
  return sum
}
