import { NEWS } from '../../job/note.ts'

/** A server of a contestant. */
export interface ClusterServer {
  /** Listens; each client that connects is in the room. */
  listen(port: number): Promise<unknown>
  /** Pushes to the members of the room at every server. */
  push(news: TimedNews): void
}

/** {@link NEWS} with the time at which it was pushed, in µs of the machine's monotonic clock. */
export interface TimedNews {
  readonly id: number
  readonly text: string
  readonly at: number
}

/** What the harness asks of a server: a push every so many ms, 0 for no more, or a number of them at once. */
export type Order = { readonly everyMs: number } | { readonly burst: number }

/** Runs a server as the harness wants it: on the port in `PORT`, until the harness is gone. */
export async function serveNode(server: ClusterServer): Promise<void> {
  let pushing: NodeJS.Timeout | undefined
  process.once('disconnect', () => process.exit())
  process.on('message', (order: Order) => {
    if ('burst' in order) {
      for (let count = 0; count < order.burst; count += 1) server.push(newsNow())
      return
    }
    clearInterval(pushing)
    if (order.everyMs > 0) pushing = setInterval(() => server.push(newsNow()), order.everyMs)
  })
  await server.listen(Number(process.env['PORT']))
  process.send?.('listening')
}

function newsNow(): TimedNews {
  return { ...NEWS, at: nowUs() }
}

/** The machine's monotonic clock, the same in every process, in µs. */
export function nowUs(): number {
  return Number(process.hrtime.bigint() / 1_000n)
}
