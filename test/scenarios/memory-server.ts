import type { FakeClock, MemoryPeer } from '@wsrv/testing'

/** A request as it came. */
interface Frame {
  readonly cmd: string
  readonly seqno: string
  readonly data: { readonly seqno?: string }
}

/** How a {@link MemoryServer} behaves. */
export interface MemoryServerOptions {
  readonly clock: FakeClock
  /** Time the handler of the next request takes, in ms. */
  readonly handlerMs: () => number
  /** Whether reserved commands are known; else they are answered -1, as on the Go server. */
  readonly hasExtensions: boolean
}

/** A plain wsrv server of a few lines, in memory: counts how often each request's handler ran. */
export class MemoryServer {
  /** Runs of the handler by command and seqno. */
  readonly runs: { readonly cmd: string; readonly seqno: string; count: number }[] = []
  /** Seqnos that the client cancelled. */
  readonly cancelled: string[] = []
  readonly #options: MemoryServerOptions

  constructor(options: MemoryServerOptions) {
    this.#options = options
  }

  /** Serves one connection. */
  serve(peer: MemoryPeer): void {
    peer.onFrame = (payload) => {
      if (payload.length > 0) this.#answer(peer, JSON.parse(String(payload)) as Frame)
    }
    peer.open()
  }

  #answer(peer: MemoryPeer, { cmd, seqno, data }: Frame): void {
    if (cmd.startsWith('$')) this.#answerReserved(peer, { cmd, seqno, data })
    else {
      const known = this.runs.find((run) => run.seqno === seqno)
      if (known) known.count += 1
      else this.runs.push({ cmd, seqno, count: 1 })
      this.#options.clock.setTimeout(() => reply(peer, { cmd, seqno }, 0), this.#options.handlerMs())
    }
  }

  #answerReserved(peer: MemoryPeer, frame: Frame): void {
    const { hasExtensions } = this.#options
    if (frame.data.seqno !== undefined) this.cancelled.push(frame.data.seqno)
    const hello = {
      server: 'memory',
      heartbeatTimeoutMs: 30_000,
      maxMessageBytes: 1_048_576,
      maxInFlight: 1_000,
      cancel: true,
    }
    reply(peer, frame, hasExtensions ? 0 : -1, hasExtensions && frame.cmd === '$hello' ? hello : {})
  }
}

function reply(
  peer: MemoryPeer,
  { cmd, seqno }: Pick<Frame, 'cmd' | 'seqno'>,
  status: number,
  data: object = {},
): void {
  if (peer.state === 'open')
    peer.send(JSON.stringify({ cmd, seqno, status, msg: status === 0 ? 'ok' : 'not implement', data }))
}
