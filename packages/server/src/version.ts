/** How this server names itself in `$hello`: library and version. PROTOCOL.md §$hello. */
export const SERVER_NAME = 'wsrv-ts/0.1.0'
