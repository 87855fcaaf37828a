import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PlaygroundSetup } from '../setup.ts'
import { headersFor } from './headers.ts'
import { type PageFile, readPage } from './read-page.ts'

/** Where the page is and what it drives. */
export interface PlaygroundOptions extends PlaygroundSetup {
  /** Path of the page, without a slash at its end. Default `/play`. */
  readonly path?: string
}

/** The playground, ready to be served by any HTTP server of Node. */
export interface Playground {
  /**
   * Answers a request if it is for the playground.
   *
   * @returns false when it is not; the response is untouched then.
   */
  handle(request: IncomingMessage, response: ServerResponse): boolean
}

/**
 * Serves the prebuilt page under a path, with what it needs to know beside it. Every answer has a strict
 * Content-Security-Policy; requests that another site's page makes are refused with 403.
 *
 * @throws Error when the page was not built.
 */
export function createPlayground({ path = '/play', ...setup }: PlaygroundOptions): Playground {
  const files = readPage()
  files.set('/setup.json', { type: 'application/json', body: Buffer.from(JSON.stringify(setup)), isLasting: false })
  return {
    handle: (request, response) => {
      const [asked = ''] = (request.url ?? '').split('?')
      if (asked !== path && !asked.startsWith(`${path}/`)) return false
      answer(request, response, { file: files.get(asked.slice(path.length)), isBare: asked === path, path, setup })
      return true
    },
  }
}

interface Asked {
  readonly file: PageFile | undefined
  /** Whether the path lacks the slash that the page's relative addresses need. */
  readonly isBare: boolean
  readonly path: string
  readonly setup: PlaygroundSetup
}

function answer(request: IncomingMessage, response: ServerResponse, asked: Asked): void {
  const nonce = randomBytes(16).toString('base64')
  const headers = headersFor(nonce, asked.setup.url)
  const { file } = asked
  const refusal = refusalOf(request, asked)
  if (refusal !== undefined || file === undefined) {
    const location = refusal === TEMPORARY_REDIRECT ? { Location: `${asked.path}/` } : {}
    response.writeHead(refusal ?? NOT_FOUND, { ...headers, ...location }).end()
    return
  }
  const body = file.type === 'text/html' ? Buffer.from(String(file.body).replaceAll(NONCE, nonce)) : file.body
  response.writeHead(OK, {
    ...headers,
    'Content-Type': `${file.type}; charset=utf-8`,
    'Content-Length': body.byteLength,
    'Cache-Control': file.isLasting ? 'public, max-age=31536000, immutable' : 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function refusalOf(request: IncomingMessage, { isBare }: Asked): number | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return METHOD_NOT_ALLOWED
  if (isForeign(request)) return FORBIDDEN
  return isBare ? TEMPORARY_REDIRECT : undefined
}

/** Whether a page of another site asks, other than by a link that a person followed. W3C Fetch Metadata. */
function isForeign({ headers }: IncomingMessage): boolean {
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = headers
  if (site === undefined || site === 'same-origin' || site === 'none') return false
  return mode !== 'navigate' || destination !== 'document'
}

/** Stands in the built page wherever an answer's nonce belongs. */
const NONCE = '__NONCE__'

const OK = 200
const TEMPORARY_REDIRECT = 307
const FORBIDDEN = 403
const NOT_FOUND = 404
const METHOD_NOT_ALLOWED = 405
