import { BrokerError } from '@wsrv/server'
import type { Settings } from './settings.ts'

/** Questions to other servers that wait for their answer. */
export class Questions {
  readonly #settings: Pick<Settings, 'clock' | 'askTimeoutMs'>
  readonly #waiting = new Map<number, Question>()
  #last = 0

  constructor(settings: Pick<Settings, 'clock' | 'askTimeoutMs'>) {
    this.#settings = settings
  }

  /**
   * Asks.
   *
   * @param publish sends the question; resolves with how many servers certainly got it, `undefined` when that is not known.
   * @returns what the first server answers; false when none does in time, or none got it.
   */
  async ask(publish: (id: number) => Promise<number | undefined>): Promise<boolean> {
    const id = ++this.#last
    const { clock, askTimeoutMs } = this.#settings
    const answer = new Promise<boolean>((resolve, reject) => {
      const timer = clock.setTimeout(() => this.answered(id, false), askTimeoutMs)
      this.#waiting.set(id, { resolve, reject, timer })
    })
    try {
      if ((await publish(id)) === 0) this.answered(id, false)
    } catch (error) {
      this.#fail(id, new BrokerError('the question could not be sent', { cause: error }))
    }
    return answer
  }

  answered(id: number, isDone: boolean): void {
    this.#take(id)?.resolve(isDone)
  }

  close(): void {
    for (const id of [...this.#waiting.keys()]) this.#fail(id, new BrokerError('the server closed'))
  }

  #fail(id: number, error: BrokerError): void {
    this.#take(id)?.reject(error)
  }

  #take(id: number): Question | undefined {
    const question = this.#waiting.get(id)
    if (question === undefined) return undefined
    this.#waiting.delete(id)
    this.#settings.clock.clearTimeout(question.timer)
    return question
  }
}

interface Question {
  readonly resolve: (isDone: boolean) => void
  readonly reject: (error: BrokerError) => void
  readonly timer: Parameters<Settings['clock']['clearTimeout']>[0]
}
