import type { OutgoingMessage, ServerConnection } from '../connection/transport.ts'

/** Someone messages are sent to: a connection and what waits for it. */
export interface Recipient {
  readonly connection: ServerConnection
  /** What this loop turn has for it, in order. */
  waiting: OutgoingMessage[]
  /** Payloads that wait, in bytes or UTF-16 code units: near enough to tell much from little. */
  waitingSize: number
}

/**
 * Holds what a loop turn sends and lets it leave at the turn's end, everything for one connection in one write.
 *
 * A write a message costs three times as much CPU a request; a flush a microtask gathers nothing when nothing is pipelined.
 * Much for one connection leaves before: by the turn's end it would have left the processor's cache, which cost 4 KiB
 * replies an eighth, and a loop of pushes would grow without its reader being looked at.
 */
export class SendQueue<Receiver extends Recipient> {
  readonly #sent: (receiver: Receiver) => void
  #receivers: Receiver[] = []

  /** @param sent told of each receiver after its messages were handed over. */
  constructor(sent: (receiver: Receiver) => void) {
    this.#sent = sent
  }

  /** Puts a message last in a receiver's queue. */
  post(receiver: Receiver, message: OutgoingMessage): void {
    const count = receiver.waiting.push(message)
    receiver.waitingSize += message.payload.length
    if (receiver.waitingSize >= MUCH) this.flush(receiver)
    else if (count === 1 && this.#receivers.push(receiver) === 1) setImmediate(this.#flushAll)
  }

  /** Sends what waits for one receiver now: before its connection closes. */
  flush(receiver: Receiver): void {
    const { waiting } = receiver
    if (waiting.length === 0) return
    receiver.waiting = []
    receiver.waitingSize = 0
    receiver.connection.send(waiting)
    this.#sent(receiver)
  }

  readonly #flushAll = (): void => {
    const receivers = this.#receivers
    this.#receivers = []
    for (const receiver of receivers) this.flush(receiver)
  }
}

/** Sixteen KiB: four 4 KiB replies, or more small ones than a client keeps in flight. */
const MUCH = 16_384
