import type { Automaton } from './automaton.ts'

/** Of a text that can be read in many ways: how many there are. */
export interface ReadWays {
  /** What is read: of the texts that were looked at, the one with most ways. */
  readonly text: string
  /** Characters read on all ways together: what a search that fails on each of them costs. */
  readonly total: number
  /** Most ways that lead to one place of the text. */
  readonly width: number
}

/**
 * Counts the ways in which an automaton can read a text, without going them: those to a state are those to the states before it.
 *
 * The text is made up character by character: of each kind the one with most ways to go on, or the same one again and again.
 */
export function countWays(automaton: Automaton, kinds: readonly string[], options: CountOptions): ReadWays {
  const choices = [kinds, ...kinds.map((kind) => [kind])]
  const runs = choices.map((choice) => readText(automaton, choice, options))
  return runs.reduce((best, run) => (run.total > best.total ? run : best))
}

/** What {@link countWays} counts. */
export interface CountOptions {
  /** Length of the text. */
  readonly chars: number
  /** Which steps count. */
  readonly isStep: (from: number, to: number) => boolean
}

function readText(automaton: Automaton, kinds: readonly string[], { chars, isStep }: CountOptions): ReadWays {
  const { alphabet } = automaton
  let ways = readOn(new Map([[0, 1]]), alphabet.begin, { automaton, isStep })
  let text = ''
  let total = 0
  let width = 0
  while (text.length < chars) {
    const options = kinds.map((kind) => [kind, readOn(ways, alphabet.bitOf(kind), { automaton, isStep })] as const)
    const [char, next] = options.reduce((best, one) => (sizeOf(one[1]) > sizeOf(best[1]) ? one : best))
    ways = next
    text += char
    total += sizeOf(ways)
    width = Math.max(width, sizeOf(ways))
  }
  return { text, total, width }
}

type Reading = Pick<CountOptions, 'isStep'> & { readonly automaton: Automaton }

function readOn(ways: Ways, char: bigint, { automaton, isStep }: Reading): Ways {
  const next = new Map<number, number>()
  for (const [from, count] of ways) {
    for (const to of automaton.next[from] ?? []) {
      if (((automaton.sets[to] ?? 0n) & char) === 0n || !isStep(from, to)) continue
      next.set(to, (next.get(to) ?? 0) + count * (automaton.isDouble(from, to) ? 2 : 1))
    }
  }
  return next
}

type Ways = ReadonlyMap<number, number>

function sizeOf(ways: Ways): number {
  let size = 0
  for (const count of ways.values()) size += count
  return size
}
