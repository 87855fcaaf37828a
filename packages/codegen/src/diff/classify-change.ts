import type { AffectedPeer, ContractChange, Severity } from './contract-change.ts'
import type { SchemaChange, Shift } from './schema-change.ts'

/** Which way data travels: a `request` to the server, an `answer` (response, error or push) to the client. */
export type Direction = 'request' | 'answer'

/** What a change of a schema means for peers that were deployed before it. */
export type Verdict = Pick<ContractChange, 'severity' | 'breaks' | 'suggestion' | 'deployFirst'>

/** Judges a change by the direction of the data: what widens a request is safe, what widens an answer is not. */
export function classifyChange({ shift }: Pick<SchemaChange, 'shift'>, direction: Direction): Verdict {
  return (direction === 'request' ? IN_REQUESTS : IN_ANSWERS)[shift]
}

/** No peer breaks. */
export const SAFE: Verdict = { severity: 'SAFE', breaks: [], suggestion: '' }

/** No deployed peer breaks; a client that uses what is new needs a server that has it. */
export const SERVERS_FIRST: Verdict = { ...SAFE, deployFirst: 'servers' }

/** Makes a verdict of a change that is not safe. */
export function verdict(severity: Severity, peer: AffectedPeer, suggestion: string): Verdict {
  return { severity, breaks: [peer], suggestion, ...(peer === 'deployed server' && { deployFirst: 'servers' }) }
}

const UNCLEAR: Verdict = {
  severity: 'REVIEW',
  breaks: ['deployed client', 'deployed server'],
  suggestion: 'This cannot be compared by machine: make sure that old data still passes, and new data at old peers.',
}

const REFUSED = verdict(
  'BREAKING',
  'deployed client',
  'Deployed clients still send what was accepted before, and get 400. Keep accepting it, or declare a new command.',
)

const UNREAD = 'Deployed clients still send it, and the server does not read it any more.'

const UNEXPECTED = verdict(
  'BREAKING',
  'deployed client',
  'Deployed clients get what they were not compiled for. Add it beside the old, or declare a new command or push.',
)

const IN_REQUESTS: Readonly<Record<Shift, Verdict>> = {
  narrowed: REFUSED,
  tightened: REFUSED,
  expelled: REFUSED,
  widened: SERVERS_FIRST,
  loosened: SERVERS_FIRST,
  added: SAFE,
  admitted: SERVERS_FIRST,
  ignored: verdict('REVIEW', 'deployed client', UNREAD),
  dropped: {
    severity: 'REVIEW',
    breaks: ['deployed client', 'deployed server'],
    suggestion: `${UNREAD} Deployed servers refuse clients that leave it out: deploy servers first.`,
    deployFirst: 'servers',
  },
  defaulted: verdict('REVIEW', 'deployed client', 'Deployed clients that leave it out now get another behaviour.'),
  reinterpreted: UNCLEAR,
  unclear: UNCLEAR,
}

const IN_ANSWERS: Readonly<Record<Shift, Verdict>> = {
  widened: UNEXPECTED,
  dropped: UNEXPECTED,
  loosened: verdict('REVIEW', 'deployed client', 'Deployed clients may rely on the bound that is gone.'),
  narrowed: verdict(
    'REVIEW',
    'deployed server',
    'Deployed servers still answer as before: deploy servers first, then clients that count on it.',
  ),
  tightened: SERVERS_FIRST,
  added: SAFE,
  // Clients do not look at what they do not know.
  admitted: SAFE,
  expelled: SAFE,
  ignored: SAFE,
  defaulted: SAFE,
  reinterpreted: UNCLEAR,
  unclear: UNCLEAR,
}
