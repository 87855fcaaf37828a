import { type Gap, WsrvClient } from '@wsrv/client'
import type { CrowdApi, Note } from './contract.ts'

/** What happened to a member in a while. */
export interface MemberAccount {
  /** Pushes that it was neither sent nor told of. */
  readonly untold: number
  readonly wasTold: boolean
  /** Pushes that came twice. */
  readonly twice: number
  /** Times that it lost its connection. */
  readonly drops: number
  /** Longest time without a push of one of the servers, in ms. */
  readonly silenceMs: number
}

/** A client in the room that keeps an account of what it was pushed, and of what it was told that it missed. */
export class Member {
  drops = 0
  twice = 0
  longestSilenceMs = 0
  readonly #client: WsrvClient<CrowdApi['pushes']>
  readonly #heard = new Map<string, Set<number>>()
  readonly #heardAt = new Map<string, number>()
  /** Pushes that it was told are missing; `Infinity` when it was told that any number may be. */
  #told = 0

  /** @param at which URL it tries first. */
  constructor(urls: readonly string[], at: number) {
    let tries = at
    this.#client = new WsrvClient<CrowdApi['pushes']>(() => urls[tries++ % urls.length] ?? '', {
      setup: (client) => client.call({ cmd: 'join', idempotent: true }, {}),
      reconnect: { maxDelayMs: 2_000 },
      onProblem: () => undefined,
    })
    this.#client.on('note', (note) => this.#note(note))
    this.#client.onGap('note', ({ count }: Gap) => {
      this.#told += count ?? Number.POSITIVE_INFINITY
    })
    this.#client.onState((_state, { previous }) => {
      if (previous === 'open') this.drops += 1
    })
  }

  ready(): Promise<void> {
    return this.#client.connect()
  }

  /** Whether each of the three servers has sent it something. */
  get hasHeardAll(): boolean {
    return this.#heard.size === SERVERS
  }

  hasHeardSince(servers: readonly string[], since: number): boolean {
    return servers.every((server) => (this.#heardAt.get(server) ?? 0) > since)
  }

  /** Sums up what happened since the last time, and begins again. A server's pushes come in order: what is below its newest and did not come is missing. */
  account(): MemberAccount {
    let missing = 0
    for (const [server, heard] of this.#heard) {
      const newest = Math.max(...heard)
      missing += newest - Math.min(...heard) + 1 - heard.size
      this.#heard.set(server, new Set([newest]))
    }
    const { twice, drops, longestSilenceMs: silenceMs } = this
    const account = { untold: Math.max(0, missing - this.#told), wasTold: this.#told > 0, twice, drops, silenceMs }
    this.twice = this.drops = this.longestSilenceMs = this.#told = 0
    return account
  }

  close(): void {
    this.#client.close()
  }

  #note({ from, n }: Note): void {
    const heard = this.#heard.get(from) ?? new Set()
    this.#heard.set(from, heard)
    if (heard.has(n)) this.twice += 1
    heard.add(n)
    const now = performance.now()
    this.longestSilenceMs = Math.max(this.longestSilenceMs, now - (this.#heardAt.get(from) ?? now))
    this.#heardAt.set(from, now)
  }
}

const SERVERS = 3
