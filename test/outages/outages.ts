import type { LossyTransport } from '@wsrv/testing'
import type { Backend } from './backend.ts'

/** What an {@link Outage} happens to. */
export interface Stage {
  readonly backend: Backend
  /** One per client. */
  readonly links: readonly LossyTransport[]
  between(min: number, max: number): number
  /** Does something later, by the fake clock in ms. */
  after(delayMs: number, action: () => void): void
  /** The server answers again. */
  recovered(): void
}

/** Something that goes wrong and ends. */
export interface Outage {
  readonly name: string
  /** How long it takes about, in ms: calls are made before, during and after it. */
  readonly lastsMs: number
  /** Whether a request may reach a second process after the first ran it: only when that one crashed before its reply left. */
  readonly isCrash: boolean
  begin(stage: Stage): void
}

/** What calls of a client with default options have to survive. */
export const OUTAGES: readonly Outage[] = [
  away('a server that crashes and is back after 5 s', { lastsMs: 5_000, isCrash: true }),
  away('a server that crashes and is back after 60 s', { lastsMs: 60_000, isCrash: true }),
  away('a server that cannot be reached for 5 s', { lastsMs: 5_000, isCrash: false }),
  {
    name: 'a server that closes with drain and is replaced',
    lastsMs: 3_000,
    isCrash: false,
    begin: ({ backend, between, after, recovered }) => {
      void backend.drain().then(() => {
        backend.stop()
        after(between(0, 2_000), () => {
          backend.start()
          recovered()
        })
      })
    },
  },
  {
    name: 'a server that closes with drain beside its replacement',
    lastsMs: 3_000,
    isCrash: false,
    begin: ({ backend, between, after, recovered }) => {
      const drained = backend.drain()
      after(between(0, 500), () => {
        backend.start()
        void drained.then(recovered)
      })
    },
  },
  {
    name: 'a link that is silently dead',
    lastsMs: 8_000,
    isCrash: false,
    begin: ({ links, between, after, recovered }) => {
      for (const link of links) after(between(0, 2_000), () => link.halfOpen())
      // Whoever connects again is answered at once.
      recovered()
    },
  },
]

function away(name: string, { lastsMs, isCrash }: Pick<Outage, 'lastsMs' | 'isCrash'>): Outage {
  return {
    name,
    lastsMs,
    isCrash,
    begin: ({ backend, links, after, recovered }) => {
      backend.stop()
      for (const link of links) link.cut()
      after(lastsMs, () => {
        if (isCrash) backend.start()
        else backend.restore()
        recovered()
      })
    },
  }
}
