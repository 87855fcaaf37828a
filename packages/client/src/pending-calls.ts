import type { Response } from '@wsrv/protocol'

/** Something that was sent and waits for its reply. */
export interface Pending {
  readonly cmd: string
  readonly seqno: string
  answer(response: Response): void
}

/** What was sent and waits for its reply, by seqno, and nothing else. */
export class PendingCalls<Entry extends Pending> {
  #entries = new Map<string, Entry>()

  add(entry: Entry): void {
    this.#entries.set(entry.seqno, entry)
  }

  /** Takes out whom a message answers; `undefined` when its seqno is not pending, or is that of another command. */
  take({ cmd, seqno }: Pick<Response, 'cmd' | 'seqno'>): Entry | undefined {
    const entry = this.#entries.get(seqno)
    if (entry?.cmd !== cmd) return undefined
    this.#entries.delete(seqno)
    return entry
  }

  /** Forgets an entry: its reply will be a late one. */
  delete(seqno: string): boolean {
    return this.#entries.delete(seqno)
  }

  /** Takes out everything, in the order sent. */
  drain(): Entry[] {
    const entries = [...this.#entries.values()]
    this.#entries = new Map()
    return entries
  }
}
