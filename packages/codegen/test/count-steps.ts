import { type PatternNode, parsePattern } from '../src/pattern/parse-pattern.ts'

/** Thrown by one search that takes more steps than are worth counting. */
class TooManySteps extends Error {}

/**
 * The steps that a search by trying takes, as ECMAScript defines it; at most `most`.
 *
 * @param isReversed tries the last alternative first, and the fewest repetitions.
 */
export function countSteps(pattern: string, text: string, most: number, isReversed = false): number {
  const search = new Search([...text], most, isReversed)
  try {
    search.run(parsePattern(pattern))
    return search.steps
  } catch (error) {
    if (error instanceof TooManySteps) return most
    throw error
  }
}

type Continue = (at: number) => boolean

class Search {
  steps = 0
  readonly #chars: readonly string[]
  readonly #most: number
  readonly #isReversed: boolean
  readonly #expressions = new Map<string, RegExp>()

  constructor(chars: readonly string[], most: number, isReversed: boolean) {
    this.#isReversed = isReversed
    this.#chars = chars
    this.#most = most
  }

  run(node: PatternNode): boolean {
    for (let begin = 0; begin <= this.#chars.length; begin += 1) {
      if (this.#match(node, begin, () => true)) return true
    }
    return false
  }

  #match(node: PatternNode, at: number, then: Continue): boolean {
    this.steps += 1
    if (this.steps >= this.#most) throw new TooManySteps()
    switch (node.kind) {
      case 'empty':
        return then(at)
      case 'begin':
        return at === 0 && then(at)
      case 'end':
        return at === this.#chars.length && then(at)
      case 'character':
        return at < this.#chars.length && this.#isIn(node.source, this.#chars[at] ?? '') && then(at + 1)
      case 'choice':
        return (this.#isReversed ? [...node.parts].reverse() : node.parts).some((part) => this.#match(part, at, then))
      case 'sequence':
        return this.#all(node.parts, at, then)
      case 'ahead':
        return this.#match(node.body, at, () => true) && then(at)
      case 'repeat':
        return this.#repeat(node, at, 0, then)
    }
  }

  #all([first, ...others]: readonly PatternNode[], at: number, then: Continue): boolean {
    return first === undefined ? then(at) : this.#match(first, at, (next) => this.#all(others, next, then))
  }

  #repeat(node: PatternNode & { readonly kind: 'repeat' }, at: number, done: number, then: Continue): boolean {
    const again = (next: number): boolean =>
      (next !== at || done < node.min) && this.#repeat(node, next, done + 1, then)
    const ways = [() => done < node.max && this.#match(node.body, at, again), () => done >= node.min && then(at)]
    return (this.#isReversed ? ways.reverse() : ways).some((way) => way())
  }

  #isIn(source: string, char: string): boolean {
    const expression = this.#expressions.get(source) ?? new RegExp(`^${source}$`, 'u')
    this.#expressions.set(source, expression)
    return expression.test(char)
  }
}
