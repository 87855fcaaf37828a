import { createServer, type PendingUpgrade, type Server, type Session } from '@wsrv/server'
import type { FakeClock } from '@wsrv/testing'
import { silentLogger } from '@wsrv/testing'
import { type Api, type CallData, contract, type PUSHES } from './contract.ts'
import type { Link } from './link.ts'

/** One push that a session was sent. */
export interface Pushed {
  readonly name: string
  readonly broadcast: number | undefined
}

/** What a {@link Backend} runs on. */
export interface BackendOptions {
  readonly clock: FakeClock
  readonly random: () => number
  /** Whether clients present credentials. */
  readonly hasHook: boolean
  /** A handler begins. */
  readonly ran: (call: CallData, by: { readonly cmd: string; readonly identity: string | undefined }) => void
  readonly ended: (sid: string, reason: string) => void
}

/** What a handler is called with, as far as it looks at it. */
interface Handled {
  readonly cmd: string
  readonly data: CallData
  readonly session: Session<Api>
}

/** A real server, whose handlers and verdicts end when the schedule says so. */
export class Backend {
  readonly server: Server<Api>
  /** Verdicts of `authenticate` that are due. */
  readonly verdicts: (() => void)[] = []
  /** Handlers that still run. */
  readonly handlers: (() => void)[] = []
  /** Everything that each session was sent since it was granted. */
  readonly history = new Map<string, Pushed[]>()
  #upgrade: ((upgrade: PendingUpgrade) => void) | undefined

  constructor(options: BackendOptions) {
    const { clock, random, hasHook } = options
    const handler = (c: Handled): CallData | Promise<CallData> => {
      options.ran(c.data, { cmd: c.cmd, identity: c.session.identity })
      if (random() < 0.2) return c.data
      return new Promise((resolve) => this.handlers.push(() => resolve(c.data)))
    }
    this.server = createServer<Api>(contract, {
      clock,
      random,
      logger: silentLogger,
      heartbeatTimeoutMs: 600_000,
      handlers: { once: handler, again: handler },
      limits: { maxInFlight: 3, maxBadMessages: 1_000 },
      sessions: { windowMs: WINDOW_MS, journalMessages: 6, ackEvery: 4 },
      ...(hasHook && {
        authenticate: async (c) => {
          await new Promise<void>((resolve) => this.verdicts.push(resolve))
          return c.accept(String(c.auth))
        },
      }),
    })
    this.server.onDisconnect(({ sid }, { reason }) => options.ended(sid, reason))
    this.server.attach({
      open: (_, onUpgrade) => {
        this.#upgrade = onUpgrade
        return () => {}
      },
    })
  }

  /** A client's upgrade. */
  connect(link: Link): void {
    this.#upgrade?.({
      request: link.request,
      accept: (open) => link.serve(open(link)),
      refuse: () => link.cutServer(),
      watch: () => () => {},
    })
  }

  /** A session is granted: its messages count. */
  granted(sid: string): void {
    if (!this.history.has(sid)) this.history.set(sid, [])
  }

  /** Sends a push to one session that is granted. */
  push(sid: string, name: (typeof PUSHES)[number]): void {
    const history = this.history.get(sid)
    const session = this.server.sessions.get(sid)
    if (history !== undefined && session?.push(name, { sid, id: history.length + 1 }))
      history.push({ name, broadcast: undefined })
  }

  /** Sends a push to everybody; returns the links of sessions that are not granted yet. */
  broadcast(broadcast: number): void {
    for (const { sid, isAccepted } of this.server.sessions.values()) {
      if (isAccepted) this.history.get(sid)?.push({ name: 'everyone', broadcast })
    }
    this.server.broadcast('everyone', { sid: '', id: 0, broadcast })
  }
}

/** Time for which a session outlives its connection, in ms. */
export const WINDOW_MS = 60_000
