import { describe } from '@wsrv/protocol'
import { checkChoice } from '../check-options.ts'
import type { UpgradeRequest } from './transport.ts'

/**
 * Which web pages may connect. `'same-origin'`: pages of the host they connect to; `'*'`: any page; a list of origins
 * as browsers write them (`https://app.example.com`); or a function that decides.
 *
 * A request without an `Origin` header comes from no browser: only a function is asked about it. RFC 6455 §10.2.
 *
 * `'same-origin'` believes the `Host` header. Name the origins where that is not to be believed: behind a proxy that rewrites it
 * (nginx does unless told `proxy_set_header Host $host`), and where a name of another's may point at the server, as it may at
 * one on `localhost` or in an intranet (DNS rebinding). A list depends on no `Host`.
 */
export type AllowedOrigins =
  | 'same-origin'
  | '*'
  | readonly string[]
  | ((origin: string | undefined, request: UpgradeRequest) => boolean)

/**
 * The option as it is compared: lower-case origins without the slash that people copy with them.
 *
 * @throws TypeError when it is not one of these, or the list holds what no browser sends as an origin.
 */
export function checkOrigins(allowed: AllowedOrigins): AllowedOrigins {
  if (typeof allowed === 'function') return allowed
  if (Array.isArray(allowed)) return allowed.map(toOrigin)
  checkChoice('allowedOrigins', allowed, ['same-origin', '*', 'a list of origins', 'a function'])
  return allowed
}

function toOrigin(origin: unknown): string {
  const url = typeof origin === 'string' && URL.canParse(origin) ? new URL(origin) : undefined
  const isOrigin = url !== undefined && url.host !== '' && /^\/?$/.test(url.pathname + url.search + url.hash)
  if (isOrigin) return `${url.protocol}//${url.host}`
  throw new TypeError(`allowedOrigins must list origins such as "https://app.example.com", got ${describe(origin)}`)
}

/** Whether an upgrade may go on, as far as its origin is concerned. Throws what a function given by the user throws. */
export function isOriginAllowed(allowed: AllowedOrigins, request: UpgradeRequest): boolean {
  const { origin } = request.headers
  if (typeof allowed === 'function') return allowed(origin, request)
  if (allowed === '*' || origin === undefined) return true
  if (allowed === 'same-origin') return hostOf(origin) === request.headers.host?.toLowerCase()
  return allowed.includes(origin.toLowerCase())
}

/** Scheme left out on purpose: behind a proxy that ends TLS the server cannot know its own. */
function hostOf(origin: string): string {
  return origin.toLowerCase().replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
}
