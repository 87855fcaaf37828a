import type { Chatter } from './chatter.ts'

/** What became of the calls and pushes of some chatters. */
export interface Account {
  /** Calls by how they ended. */
  readonly calls: ReadonlyMap<string, number>
  /** Messages whose sender knows that they were kept. */
  readonly messages: number
  /** Of all messages to all chatters. */
  readonly pushed: number
  readonly fetched: number
  readonly missing: number
  readonly twice: number
  /** How long connections were lost, in ms, the shortest first. */
  readonly outages: readonly number[]
}

/** Sums up once everything has arrived. */
export async function takeAccount(chatters: readonly Chatter[]): Promise<Account> {
  // What is on its way arrives.
  await new Promise((resolve) => setTimeout(resolve, 500))
  const all = (await chatters[0]?.all()) ?? []
  const inDoubt = new Set(chatters.flatMap((chatter) => [...chatter.inDoubt]))
  const ids = all.flatMap(({ id, content }) => (content.kind === 'text' && !inDoubt.has(content.text) ? [id] : []))
  const calls = new Map<string, number>()
  for (const chatter of chatters) {
    for (const [outcome, count] of chatter.calls) calls.set(outcome, (calls.get(outcome) ?? 0) + count)
  }
  const expected = chatters.flatMap((chatter) => ids.map((id) => [chatter, id] as const))
  const pushed = expected.filter(([chatter, id]) => chatter.pushed.has(id)).length
  const fetched = expected.filter(([chatter, id]) => !chatter.pushed.has(id) && chatter.fetched.has(id)).length
  return {
    calls,
    messages: ids.length,
    pushed,
    fetched,
    missing: expected.length - pushed - fetched,
    twice: chatters.reduce((sum, chatter) => sum + chatter.twice, 0),
    outages: chatters.flatMap((chatter) => chatter.outages).sort((a, b) => a - b),
  }
}

/** Prints an account. */
export function show({ calls, messages, pushed, fetched, missing, twice, outages }: Account): void {
  console.log('\nmessages sent:')
  for (const [outcome, count] of calls) console.log(line(count, OUTCOMES.get(outcome) ?? outcome))
  console.log(`${messages} messages, each to every user:`)
  console.log(line(pushed, 'pushed once'))
  console.log(line(fetched, 'fetched by users who were told that their session is another one'))
  console.log(line(missing, 'missing'))
  console.log(line(twice, 'pushed twice'))
  const [median = 0, longest = 0] = [outages[outages.length >> 1], outages.at(-1)]
  console.log(
    `${outages.length} connections lost; back after ${Math.round(median)} ms (median), ${Math.round(longest)} ms (longest)`,
  )
}

const OUTCOMES: ReadonlyMap<string, string> = new Map([
  ['answered', 'answered'],
  ['outcome_unknown', 'in doubt (outcome_unknown): their server was killed before it answered'],
])

function line(count: number, what: string): string {
  return `  ${String(count).padStart(7)} ${what}`
}
