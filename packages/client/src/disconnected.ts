import { CommandError } from '@wsrv/protocol'
import type { ConnectionClose } from './transport.ts'

/** The error of what a closed client can do no more: `disconnected`, or the code of the refusal that closed it. */
export function disconnected(cmd: string, seqno: string, close: ConnectionClose | undefined): CommandError {
  const cause = close?.cause
  const code = cause instanceof CommandError ? cause.code : 'disconnected'
  const msg = `the client is closed${because(close)}`
  return new CommandError({ cmd, seqno, status: undefined, code, msg, data: undefined }, { cause })
}

/** A close in words, for the end of a sentence. */
export function because(close: ConnectionClose | undefined): string {
  return close ? ` (close code ${close.code}${close.reason && `: ${close.reason}`})` : ''
}
