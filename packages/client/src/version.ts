/** How this client names itself in `$hello`: library and version. PROTOCOL.md §$hello. */
export const CLIENT_NAME = 'wsrv-ts/0.1.0'
