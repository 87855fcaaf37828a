import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Question, Sample } from './sample.ts'

/** Servers in a process of their own, under attack. */
export class Victim {
  readonly port: number
  /** Of the server that authenticates. */
  readonly guardedPort: number
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, [port, guardedPort]: readonly [number, number]) {
    this.#child = child
    this.port = port
    this.guardedPort = guardedPort
  }

  static async start(): Promise<Victim> {
    const child = fork(`${import.meta.dirname}/server.ts`, { execArgv: ['--import', 'tsx'] })
    const [ports] = await once(child, 'message')
    return new Victim(child, ports)
  }

  /** @param question `settled sample` collects garbage first. */
  async sample(question: Question = 'sample'): Promise<Sample> {
    this.#child.send(question)
    const [sample] = await once(this.#child, 'message')
    return sample
  }

  kill(): void {
    this.#child.kill()
  }
}
