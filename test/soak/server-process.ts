import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Leftovers, Question, Sample } from './sample.ts'

/** A server in a process of its own, so that its memory and CPU time are nobody else's. */
export class ServerProcess {
  readonly port: number
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.port = port
  }

  /** Starts one; it listens. */
  static async start(): Promise<ServerProcess> {
    const child = fork(`${import.meta.dirname}/server.ts`, { execArgv: ['--import', 'tsx'] })
    const [port] = await once(child, 'message')
    return new ServerProcess(child, port)
  }

  sample(): Promise<Sample> {
    return this.#ask('sample')
  }

  /** A sample whose memory is that after a garbage collection. */
  settledSample(): Promise<Sample> {
    return this.#ask('settled sample')
  }

  /** What is left after a garbage collection. */
  leftovers(): Promise<Leftovers> {
    return this.#ask('leftovers')
  }

  /**
   * Closes the server.
   *
   * @returns whether its process then ended by itself: nothing kept it alive.
   */
  async close(patienceMs: number): Promise<boolean> {
    this.#child.send('close')
    const signal = AbortSignal.timeout(patienceMs)
    const ended = await once(this.#child, 'exit', { signal }).catch(() => undefined)
    this.#child.kill()
    return ended?.[0] === 0
  }

  async #ask<Answer>(question: Question): Promise<Answer> {
    this.#child.send(question)
    const [answer] = await once(this.#child, 'message')
    return answer
  }
}
