import { monitorEventLoopDelay } from 'node:perf_hooks'

/** What the harness asks of a server over the process's channel. */
export type Question = 'memory' | 'watch-stalls' | 'longest-stall'

/** What a server tells the harness: that it listens, then an answer a question. */
export type Answer = { readonly listening: true } | { readonly value: number }

/**
 * Runs a contestant's server as the harness wants it: on the port in `PORT`, until the harness is gone.
 *
 * @param start resolves when the server accepts connections.
 */
export async function serve(start: (port: number) => unknown): Promise<void> {
  process.once('disconnect', () => process.exit())
  process.on('message', (question: Question) => tell({ value: answers[question]() }))
  await start(Number(process.env['PORT']))
  tell({ listening: true })
}

const loopDelay = monitorEventLoopDelay({ resolution: 1 })

const answers: Readonly<Record<Question, () => number>> = {
  /** Resident memory after a collection, in bytes. */
  memory: () => {
    globalThis.gc?.()
    return process.memoryUsage.rss()
  },
  'watch-stalls': () => {
    loopDelay.reset()
    loopDelay.enable()
    return 0
  },
  /** Longest time that the loop was late, in ms. */
  'longest-stall': () => {
    loopDelay.disable()
    return loopDelay.max / 1e6
  },
}

function tell(answer: Answer): void {
  process.send?.(answer)
}
