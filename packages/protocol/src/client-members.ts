/** Members of the client runtime that a generated command or namespace would hide; the generator refuses those names. */
export const CLIENT_MEMBERS: readonly string[] = [
  'call',
  'close',
  'connect',
  'on',
  'onContractMismatch',
  'onGap',
  'onSession',
  'onState',
  'pushes',
  'reconnect',
  'refreshAuth',
  'roundTripMs',
  'state',
  'wake',
]
