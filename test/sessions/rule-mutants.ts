/** One rule of PROTOCOL.md §Sessions, broken in a copy of the source. */
export interface RuleMutant {
  /** What no longer holds. */
  readonly name: string
  readonly edits: readonly Edit[]
}

/** A change of one place, which must be there exactly once. */
export interface Edit {
  /** From the repository's root. */
  readonly file: string
  readonly from: string
  readonly to: string
}

const server = (file: string, from: string, to: string): Edit => ({ file: `packages/server/src/${file}`, from, to })
const client = (file: string, from: string, to: string): Edit => ({ file: `packages/client/src/${file}`, from, to })

/** Rules that the schedules notice the lack of within 100 seeds: of who may resume, of counting, and of what is kept and told. */
export const RULE_MUTANTS: readonly RuleMutant[] = [
  {
    name: 'after a resume the token before is the one that was current, not the one that was presented',
    edits: [
      server(
        'session/resume-tokens.ts',
        'this.#presented = digest(presented)',
        'void presented, (this.#presented = this.#current)',
      ),
    ],
  },
  {
    name: 'the token that was presented is not kept',
    edits: [
      server(
        'session/resume-tokens.ts',
        'this.#presented = digest(presented)',
        'void presented, (this.#presented = undefined)',
      ),
    ],
  },
  {
    name: 'a new token is confirmed when it is sent',
    edits: [server('session/resumable.ts', 'this.lastTry = attempt', 'this.lastTry = attempt, this.confirm()')],
  },
  {
    name: 'a late attempt is as good as a newer one',
    edits: [server('session/resume-rule.ts', "if (request.try <= session.lastTry) return 'late'", '')],
  },
  {
    name: 'a copied token resumes',
    edits: [server('session/resume-rule.ts', ' || session.holder !== request.holder', '')],
  },
  {
    name: 'another identity resumes',
    edits: [server('session/resume-rule.ts', 'session.identity !== identity || ', '')],
  },
  {
    name: 'the old connection is still served after a resume',
    edits: [
      server('session/sessions.ts', 'old.connection.terminate()', 'void old'),
      server('session/link.ts', 'if (this.isCurrent) this.#callbacks.received(', 'this.#callbacks.received('),
    ],
  },
  {
    name: 'refusals are not counted',
    edits: [
      server(
        'connection/outgoing-message.ts',
        "const kind = isReservedCmd(cmd) ? 'control' : 'reply'",
        `const kind = isReservedCmd(cmd) || String(payload).includes('"status":429') ? 'control' : 'reply'`,
      ),
    ],
  },
  {
    name: 'pushes are not kept while there is no connection',
    edits: [
      server(
        'session/send-queue.ts',
        '    resumable.journal.add(message)\n',
        "    if (!resumable.isAttached && message.kind === 'push') return\n    resumable.journal.add(message)\n",
      ),
    ],
  },
  {
    name: 'a resume does not send again what was sent',
    edits: [server('session/journal.ts', '    this.#unsent = this.#head\n    this.#sentGaps', '    this.#sentGaps')],
  },
  {
    name: 'what the journal forgot is not told',
    edits: [server('session/journal.ts', 'taken.push(messageOf(entry))', 'void messageOf')],
  },
  {
    name: 'a client counts a gap as one message',
    edits: [client('recovery.ts', 'this.#session.came(0, n)', 'this.#session.came(0)')],
  },
  {
    name: 'a client counts what begins with $',
    edits: [
      client(
        'recovery.ts',
        'if (isReservedCmd(cmd)) return this.#takesReserved(message)',
        "if (isReservedCmd(cmd)) {\n      if (cmd === '$cancel') this.#session.came(bytes)\n      return this.#takesReserved(message)\n    }",
      ),
    ],
  },
  {
    name: 'a client says that it has seen one more',
    edits: [client('session.ts', 'seen: this.#seen, holder', 'seen: this.#seen + 1, holder')],
  },
  {
    name: 'a client sends again what the server has received',
    edits: [client('lanes.ts', '.filter(({ number }) => number > received)', '')],
  },
  {
    name: 'calls of a lost session are made again',
    edits: [
      client(
        'lanes.ts',
        'else if (call.info.idempotent) this.ahead.set(call.seqno, call)\n      else this.#lose(call, close)',
        'else this.ahead.set(call.seqno, call)',
      ),
    ],
  },
  {
    name: 'pushes that come before the answer to $hello are delivered at once',
    edits: [client('recovery.ts', 'this.#early.push(message)\n      return false', 'return true')],
  },
  {
    name: 'calls made as one user are sent as the next',
    edits: [client('recovery.ts', 'calls.lanes.identify(this.#identity)', '')],
  },
]
