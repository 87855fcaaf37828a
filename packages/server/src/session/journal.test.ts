import { createSeededRandom } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import type { OutgoingMessage } from '../connection/outgoing-message.ts'
import type { Gap } from './gap.ts'
import { Journal } from './journal.ts'
import { JournalBudget } from './journal-budget.ts'

const MAX_MESSAGES = 6

function message(kind: OutgoingMessage['kind'], label: string, payload = label): OutgoingMessage {
  return { payload, isBinary: false, isShared: false, frame: undefined, kind, label, holders: 0 }
}

const push = (name: string): OutgoingMessage => message('push', name)
const reply = (seqno: string): OutgoingMessage => message('reply', seqno)

function create(limits: { readonly maxMessages?: number; readonly maxBytes?: number } = {}): Journal {
  return new Journal({ maxMessages: MAX_MESSAGES, maxBytes: 1_000, budget: new JournalBudget(1_000), ...limits })
}

/** What a connection would be given: labels, and gaps as their data. */
function take(journal: Journal, maxBytes = Infinity): unknown[] {
  const gaps = new Map<OutgoingMessage, unknown>()
  const written = (gap: Gap): OutgoingMessage => {
    const standIn = message('control', '')
    gaps.set(standIn, gap.toData())
    return standIn
  }
  return journal.take(maxBytes, written).map((taken) => gaps.get(taken) ?? taken.label)
}

function add(journal: Journal, ...messages: readonly OutgoingMessage[]): void {
  for (const one of messages) journal.add(one)
}

const numbered = (count: number, make: (label: string) => OutgoingMessage): OutgoingMessage[] =>
  Array.from({ length: count }, (_, index) => make(`${index + 1}`))

describe('a journal', () => {
  it('hands messages over in order, once', () => {
    const journal = create()
    add(journal, push('a'), reply('b'))
    expect(take(journal)).toEqual(['a', 'b'])
    expect(take(journal)).toEqual([])
    expect(journal).toMatchObject({ sent: 2, last: 2, unsentBytes: 0, hasUnsent: false })
  })

  it('hands over at least one message, and no more once there are enough bytes', () => {
    const journal = create()
    add(journal, message('push', 'a', 'x'.repeat(100)), push('b'), push('c'))
    expect(take(journal, 10)).toEqual(['a'])
    expect(take(journal, 2)).toEqual(['b', 'c'])
  })

  it('sends again what a returning client has not seen, then what came meanwhile', () => {
    const journal = create()
    add(journal, push('a'), push('b'), push('c'))
    take(journal)
    add(journal, push('d'))
    expect(journal.rewind(1)).toBe(true)
    expect(take(journal)).toEqual(['b', 'c', 'd'])
  })

  it('lets go of what is acknowledged, and not of more when an older acknowledgement comes late', () => {
    const journal = create()
    add(journal, push('a'), push('b'), push('c'))
    take(journal)
    journal.ack(2)
    journal.ack(1)
    expect(journal).toMatchObject({ acked: 2, messages: 1 })
    expect(journal.rewind(2)).toBe(true)
    expect(take(journal)).toEqual(['c'])
  })

  it('keeps what waits for a living connection, however much, and forgets what was sent', () => {
    const journal = create()
    add(journal, ...numbered(MAX_MESSAGES + 4, push))
    expect(journal.messages).toBe(MAX_MESSAGES + 4)
    expect(take(journal)).toHaveLength(MAX_MESSAGES + 4)
    expect(journal.messages).toBe(MAX_MESSAGES)
  })

  it('forgets sent pushes, then waiting pushes, then items, then replies', () => {
    const journal = create({ maxMessages: 4 })
    add(journal, reply('r1'), push('p1'), message('item', 's1'), push('p2'))
    take(journal)
    journal.detach()
    add(journal, push('p3'), reply('r2'))
    expect(journal.rewind(0)).toBe(true)
    const one = (name: string) => ({ n: 1, pushes: { [name]: 1 }, calls: [], why: 'bound' })
    expect(take(journal)).toEqual(['r1', one('p1'), 's1', one('p2'), 'p3', 'r2'])
  })

  it('names the requests whose replies it forgot', () => {
    const journal = create({ maxMessages: 1 })
    journal.detach()
    add(journal, reply('r1'), reply('r2'), reply(''), reply('r3'))
    expect(take(journal)).toEqual([{ n: 3, pushes: {}, calls: ['r1', 'r2'], why: 'bound' }, 'r3'])
    expect(journal.sent).toBe(4)
  })

  it('counts pushes of forgotten names, those of objects included', () => {
    const journal = create({ maxMessages: 1 })
    journal.detach()
    add(journal, push('__proto__'), push('a'), push('a'), push('b'))
    const [gap] = take(journal) as [{ readonly pushes: object }]
    expect(Object.entries(gap.pushes)).toEqual([
      ['__proto__', 1],
      ['a', 2],
    ])
  })

  it('tells sent messages that it forgot one by one, so that each seen number has its place', () => {
    const journal = create({ maxMessages: 1 })
    add(journal, push('a'), push('b'), push('c'))
    take(journal)
    expect(journal.rewind(1)).toBe(true)
    expect(take(journal)).toEqual([{ n: 1, pushes: { b: 1 }, calls: [], why: 'bound' }, 'c'])
  })

  it('remembers as many gaps as messages; a client that missed older ones is below its floor', () => {
    const journal = create({ maxMessages: 3 })
    add(journal, ...numbered(8, push))
    take(journal)
    expect(journal).toMatchObject({ floor: 2, messages: 3 })
  })

  it('is bounded in bytes, too', () => {
    const journal = create({ maxBytes: 10 })
    add(journal, message('push', 'a', '123456'), message('push', 'b', '12345'), reply('c'))
    take(journal)
    expect(journal).toMatchObject({ messages: 2, floor: 0 })
  })

  it('forgets the pushes that a slow reader has not taken, and nothing else', () => {
    const journal = create()
    add(journal, push('a'))
    take(journal)
    add(journal, push('b'), reply('r'), push('c'), push('c'))
    journal.forgetUnsent(({ kind }) => kind === 'push')
    expect(take(journal)).toEqual([
      { n: 1, pushes: { b: 1 }, calls: [], why: 'slow' },
      'r',
      { n: 2, pushes: { c: 2 }, calls: [], why: 'slow' },
    ])
  })

  it('refuses to go on within a gap', () => {
    const journal = create({ maxMessages: 1 })
    journal.detach()
    add(journal, push('a'), push('b'), push('c'))
    take(journal)
    expect(journal.rewind(1)).toBe(false)
  })

  it('gives its bytes back when it ends', () => {
    const budget = new JournalBudget(1_000)
    const journals = [create(), create()].map(() => new Journal({ maxMessages: 10, maxBytes: 1_000, budget }))
    const shared = push('a')
    for (const journal of journals) add(journal, shared, push('b'))
    const used = budget.used
    expect(used).toBeGreaterThan(300)
    expect(used).toBeLessThan(400)
    for (const journal of journals) journal.clear()
    expect(budget.used).toBe(0)
  })
})

describe('500 random lives of a journal', () => {
  it('deliver each message once, in order, or inside a gap that names it; never keep more than the bound', () => {
    for (let seed = 1; seed <= 500; seed += 1) new Life(seed).live()
  })
})

interface GapSeen {
  readonly n: number
  readonly pushes: Readonly<Record<string, number>>
  readonly calls: readonly string[]
}

/** A journal and a client that counts as PROTOCOL.md says, against everything that was added. */
class Life {
  readonly #where: string
  readonly #random: () => number
  readonly #budget = new JournalBudget(1_000)
  readonly #journal = new Journal({ maxMessages: MAX_MESSAGES, maxBytes: 40, budget: this.#budget })
  readonly #history: OutgoingMessage[] = []
  #flight: (string | GapSeen)[] = []
  #seen = 0
  #isAttached = true

  constructor(seed: number) {
    this.#where = `seed ${seed}`
    this.#random = createSeededRandom(seed)
  }

  live(): void {
    for (let step = 0; step < 80; step += 1) {
      this.#act()
      this.#checkBounds()
    }
    this.#drop(0)
    this.#resume()
    while (this.#journal.hasUnsent) this.#send(Infinity)
    while (this.#flight.length > 0) this.#arrive()
    const { length } = this.#history
    expect(this.#journal, this.#where).toMatchObject({ sent: length, last: length, unsentBytes: 0 })
    expect(this.#seen, this.#where).toBe(length)
    this.#journal.ack(length)
    expect(this.#journal).toMatchObject({ messages: 0 })
    expect(this.#budget.used).toBe(0)
  }

  #chance(share: number): boolean {
    return this.#random() < share
  }

  #below(end: number): number {
    return Math.floor(this.#random() * end)
  }

  #act(): void {
    if (this.#chance(0.5)) this.#add()
    if (this.#chance(0.6)) this.#arrive()
    if (this.#isAttached) this.#actAttached()
    else if (this.#chance(0.3)) this.#resume()
  }

  #actAttached(): void {
    if (this.#chance(0.5)) this.#send(this.#below(20) + 1)
    if (this.#chance(0.2)) this.#journal.ack(this.#seen)
    if (this.#chance(0.05)) this.#journal.forgetUnsent(({ kind }) => kind === 'push')
    if (this.#chance(0.05)) this.#drop(this.#below(this.#flight.length + 1))
  }

  #add(): void {
    const kind = this.#chance(0.7) ? 'reply' : 'item'
    const made = this.#chance(0.5) ? push(`p${this.#below(3)}`) : message(kind, `r${this.#history.length}`)
    this.#history.push(made)
    this.#journal.add(made)
  }

  #send(maxBytes: number): void {
    this.#flight.push(...(take(this.#journal, maxBytes) as (string | GapSeen)[]))
  }

  /** The connection breaks after some more messages have arrived. */
  #drop(arriving: number): void {
    this.#flight.length = arriving
    while (this.#flight.length > 0) this.#arrive()
    this.#journal.detach()
    this.#isAttached = false
  }

  #resume(): void {
    if (this.#seen < this.#journal.floor) this.#beginAgain()
    else expect(this.#journal.rewind(this.#seen), this.#where).toBe(true)
    this.#isAttached = true
  }

  /** What a refused client does not do: here it takes everything as seen, so that its life goes on. */
  #beginAgain(): void {
    expect(this.#journal.sent - this.#seen, this.#where).toBeGreaterThan(MAX_MESSAGES)
    while (this.#journal.hasUnsent) take(this.#journal)
    this.#seen = this.#journal.last
    expect(this.#journal.rewind(this.#seen)).toBe(true)
  }

  #arrive(): void {
    const next = this.#flight.shift()
    if (next === undefined) return
    const n = typeof next === 'string' ? 1 : next.n
    const missed = this.#history.slice(this.#seen, this.#seen + n)
    this.#seen += n
    expect(missed, this.#where).toHaveLength(n)
    if (typeof next === 'string') expect(next, this.#where).toBe(missed[0]?.label)
    else expect({ pushes: next.pushes, calls: [...next.calls].sort() }, this.#where).toEqual(summaryOf(missed))
  }

  #checkBounds(): void {
    const { messages, last, sent } = this.#journal
    expect(messages - (last - sent), this.#where).toBeLessThanOrEqual(MAX_MESSAGES)
    if (!this.#isAttached) expect(messages, this.#where).toBeLessThanOrEqual(MAX_MESSAGES)
  }
}

function summaryOf(missed: readonly OutgoingMessage[]): Pick<GapSeen, 'pushes' | 'calls'> {
  const pushes = new Map<string, number>()
  for (const { kind, label } of missed) if (kind === 'push') pushes.set(label, (pushes.get(label) ?? 0) + 1)
  const calls = missed.filter(({ kind }) => kind !== 'push').map(({ label }) => label)
  return { pushes: Object.fromEntries(pushes), calls: calls.sort() }
}
