/** First character of every command that belongs to the protocol. User commands may not begin with it. PROTOCOL.md §Extensions. */
export const RESERVED_PREFIX = '$'

/** Whether a command name belongs to the protocol. */
export function isReservedCmd(cmd: string): boolean {
  return cmd.startsWith(RESERVED_PREFIX)
}

/** Members of the client runtime that a generated command or namespace would hide; the generator refuses those names. */
export const CLIENT_MEMBERS: readonly string[] = [
  'call',
  'close',
  'connect',
  'on',
  'onContractMismatch',
  'onState',
  'pushes',
  'reconnect',
  'refreshAuth',
  'roundTripMs',
  'state',
]
