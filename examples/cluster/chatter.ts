import { CommandError } from '@wsrv/client'
import { createClient, type Message } from '../quickstart/generated/client.ts'

const ROOM = 'lobby'

/** Messages of different servers may overtake each other: by so many at the most. */
const OVERTAKEN = 200

/** Someone who talks without end, and keeps an account of what became of each call and each push. */
export class Chatter {
  readonly uid: number
  /** Calls by how they ended: `answered`, or the code of their error. */
  readonly calls = new Map<string, number>()
  /** Ids of messages that came as pushes, and of those that were read afterwards because the session was another one. */
  readonly pushed = new Set<number>()
  readonly fetched = new Set<number>()
  /** Messages whose call is in doubt: whether they were kept and pushed is not known. */
  readonly inDoubt = new Set<string>()
  /** Pushes that came twice. */
  twice = 0
  /** Times that a connection was lost, and for how long, in ms. */
  readonly outages: number[] = []
  readonly #client: ReturnType<typeof createClient>
  #lostAt: number | undefined
  #isTalking = true
  #said = 0

  constructor(url: string, uid: number) {
    this.uid = uid
    this.#client = createClient(url, {
      // Runs on each session that is not the one before: what was pushed in between is read.
      setup: async (commands) => {
        await commands.register(uid)
        const { history } = await commands.chat.join(ROOM)
        let oldest = history[0]?.id ?? 0
        const known = Math.max(OVERTAKEN, ...this.pushed, ...this.fetched) - OVERTAKEN
        this.#fetch(history.map(({ id }) => id))
        while (this.pushed.size > 0 && oldest > known + 1) {
          const { messages } = await commands.chat.history(ROOM, { before: oldest, limit: 100 })
          this.#fetch(messages.map(({ id }) => id))
          oldest = messages[0]?.id ?? 0
        }
      },
    })
    this.#client.on('chat.message', ({ id }) => {
      if (this.pushed.has(id)) this.twice += 1
      this.pushed.add(id)
    })
    this.#client.onState((state, { previous }) => {
      if (previous === 'open') this.#lostAt = performance.now()
      if (state !== 'open' || this.#lostAt === undefined) return
      this.outages.push(performance.now() - this.#lostAt)
      this.#lostAt = undefined
    })
  }

  /** Resolves when the chatter is in the room. */
  ready(): Promise<void> {
    return this.#client.connect()
  }

  /** Says something every `intervalMs` until {@link stop}. */
  async talk(intervalMs: number): Promise<void> {
    while (this.#isTalking) {
      await this.#say()
      await new Promise((resolve) => setTimeout(resolve, intervalMs))
    }
  }

  stop(): void {
    this.#isTalking = false
  }

  /** All messages of the room, as the servers have them. */
  async all(): Promise<Message[]> {
    const all: Message[] = []
    for (let before = Number.MAX_SAFE_INTEGER; ; ) {
      const { messages, hasMore } = await this.#client.chat.history(ROOM, { before, limit: 100 })
      all.unshift(...messages)
      if (!hasMore) return all
      before = all[0]?.id ?? 0
    }
  }

  close(): void {
    this.#client.close()
  }

  async #say(): Promise<void> {
    const text = `message ${++this.#said} of ${this.uid}`
    const outcome = await this.#client.chat.send(ROOM, { kind: 'text', text }).then(
      () => 'answered',
      (error: unknown) => (error instanceof CommandError ? error.code : 'failed'),
    )
    if (outcome === 'outcome_unknown') this.inDoubt.add(text)
    this.calls.set(outcome, (this.calls.get(outcome) ?? 0) + 1)
  }

  #fetch(ids: readonly number[]): void {
    for (const id of ids) if (!this.pushed.has(id)) this.fetched.add(id)
  }
}
