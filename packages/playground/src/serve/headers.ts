/**
 * Headers of every answer. The page may load its own files and connect to one WebSocket server; the browser itself refuses
 * scripts and styles from anywhere else, HTML made of text, frames around the page, and any other destination.
 *
 * @param nonce lets the JSON editor's style sheet in; of this answer only.
 * @param url where the page connects; a path is the page's own host.
 */
export function headersFor(nonce: string, url: string): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    `connect-src 'self'${url.startsWith('/') ? '' : ` ${new URL(url).origin}`}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]
  return {
    'Content-Security-Policy': policy.join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  }
}
