/** What handlers keep with a session: `c.set('uid', …)`, `c.get('uid')`. Written once by wsrv codegen; yours from then on. */
export interface SessionValues {
  /** User that this connection is bound to, once it registered. */
  uid: number
  /** When that was, in ms since 1970. */
  onlineSinceMs: number
}
