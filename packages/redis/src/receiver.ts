import type { BrokerServer, Target } from '@wsrv/server'
import type { Incoming } from './incoming.ts'
import { decodeMessage, type Entry } from './message.ts'
import { Repeats } from './repeats.ts'

/** What the receiver needs to know. */
export interface ReceiverOptions {
  readonly node: string
  readonly maxMessageBytes: number
  readonly incoming: Incoming
  readonly server: () => BrokerServer
  /** Another server answered a question of this one. */
  readonly answered: (id: number, isDone: boolean) => void
  /** A probe of this server came back. */
  readonly probed: (partition: number, id: number) => void
  /** Answers a question of another server. */
  readonly answer: (asker: string, id: number, isDone: boolean) => void
}

/** Takes what channels bring. It may be anything, and must harm nothing: what cannot be read is dropped and reported. */
export class Receiver {
  readonly #options: ReceiverOptions
  readonly #repeats = new Repeats()

  constructor(options: ReceiverOptions) {
    this.#options = options
  }

  take(channel: string, bytes: Buffer): void {
    const { maxMessageBytes, server } = this.#options
    try {
      if (bytes.length > maxMessageBytes) {
        throw new Error(`a message of ${bytes.length} bytes, expected at most ${maxMessageBytes}`)
      }
      // An empty one is what a server publishes to see whether it may.
      if (bytes.length > 0) this.#read(channel, bytes)
    } catch (error) {
      server().report({ kind: 'rejected', error })
    }
  }

  #read(channel: string, bytes: Buffer): void {
    const { incoming, node: own, server } = this.#options
    const { node, number, entries } = decodeMessage(bytes)
    const partition = incoming.partitionOf(channel)
    if (!this.#repeats.isNew(node, partition, number)) {
      server().report({ kind: 'duplicate' })
      return
    }
    const target = incoming.targetOf(channel)
    for (const entry of entries) {
      if (target === undefined) this.#takeOwn(entry, node, partition)
      else if (node !== own) this.#takeFor(target, entry, node)
    }
  }

  /** What arrives at this server's own channels. */
  #takeOwn(entry: Entry, node: string, partition: number): void {
    if (entry.kind === 'answer') this.#options.answered(entry.id, entry.isDone)
    else if (entry.kind === 'probe' && node === this.#options.node) this.#options.probed(partition, entry.id)
  }

  #takeFor(target: Target, entry: Entry, node: string): void {
    const server = this.#options.server()
    if (entry.kind === 'push') this.#deliver(target, entry)
    else if (entry.kind === 'lost') server.lost({ target, pushes: entry.pushes })
    else if (entry.kind === 'ask') void this.#answer(entry, node)
    else if (entry.kind === 'presence' && target.kind === 'room') {
      server.presenceChanged({ ...entry.change, room: target.room, isOurs: false })
    }
  }

  #deliver(target: Target, { except, cmd, seqno, payload, isBinary }: Extract<Entry, { kind: 'push' }>): void {
    const to = target.kind === 'room' && except !== undefined ? { ...target, except } : target
    this.#options.server().deliver({ target: to, cmd, seqno, payload, isBinary })
  }

  async #answer({ id, sid, request }: Extract<Entry, { kind: 'ask' }>, asker: string): Promise<void> {
    const isDone = await this.#options.server().carryOut(sid, request)
    this.#options.answer(asker, id, isDone)
  }
}

/** Stands for the server until it joins; nothing is followed by then, so only events arrive, and interest no one. */
export const UNJOINED: BrokerServer = {
  deliver: () => undefined,
  lost: () => undefined,
  carryOut: () => false,
  presenceChanged: () => undefined,
  report: () => undefined,
}
