import type { Clock } from '@wsrv/protocol'
import type { BrokerEvent } from '@wsrv/server'

/** Reports that Redis is away, and back, once each: not per connection, and not per push. */
export class Outage {
  readonly #clock: Clock
  readonly #report: (event: BrokerEvent) => void
  #since: number | undefined = undefined

  constructor(clock: Clock, report: (event: BrokerEvent) => void) {
    this.#clock = clock
    this.#report = report
  }

  begin(error: Error): void {
    if (this.#since !== undefined) return
    this.#since = this.#clock.now()
    this.#report({ kind: 'away', error })
  }

  end(): void {
    if (this.#since === undefined) return
    this.#report({ kind: 'back', awayMs: this.#clock.now() - this.#since })
    this.#since = undefined
  }
}
