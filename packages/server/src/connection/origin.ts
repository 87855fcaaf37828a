import type { UpgradeRequest } from './upgrade-request.ts'

/**
 * Which web pages may connect. `'same-origin'`: pages of the host they connect to; `'*'`: any page; a list of origins
 * as browsers write them (`https://app.example.com`); or a function that decides.
 *
 * A request without an `Origin` header comes from no browser: only a function is asked about it. RFC 6455 §10.2.
 */
export type AllowedOrigins =
  | 'same-origin'
  | '*'
  | readonly string[]
  | ((origin: string | undefined, request: UpgradeRequest) => boolean)

/** Whether an upgrade may go on, as far as its origin is concerned. Throws what a function given by the user throws. */
export function isOriginAllowed(allowed: AllowedOrigins, request: UpgradeRequest): boolean {
  const { origin } = request.headers
  if (typeof allowed === 'function') return allowed(origin, request)
  if (allowed === '*' || origin === undefined) return true
  if (allowed === 'same-origin') return hostOf(origin) === request.headers.host?.toLowerCase()
  return allowed.some((one) => one.toLowerCase() === origin.toLowerCase())
}

/** Scheme left out on purpose: behind a proxy that ends TLS the server cannot know its own. */
function hostOf(origin: string): string {
  return origin.toLowerCase().replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
}
