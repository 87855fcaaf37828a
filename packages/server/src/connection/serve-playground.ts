import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { describe, STATUS } from '@wsrv/protocol'

/** Where the playground is: a page that shows the contract and drives the server by it, from `@wsrv/playground`. */
export interface PlaygroundOptions {
  /** Path of the page, without a slash at its end: `/play`. */
  readonly path: string
  /** Name of the API, shown at the top. Default `wsrv`. */
  readonly title?: string
  /** Whether it is also served where `NODE_ENV` is `production`. Default false. */
  readonly inProduction?: boolean
}

/** What the page is told of the server that it drives. */
export interface PlaygroundTarget {
  /** Path of the WebSocket. */
  readonly url: string
  readonly contract: unknown
  /** Told why the page cannot be served. */
  readonly failed: (error: unknown) => void
}

/** The part of `@wsrv/playground` that a server uses. */
export interface PlaygroundModule {
  createPlayground(options: object): { handle(request: IncomingMessage, response: ServerResponse): boolean }
}

/**
 * Serves the playground on an HTTP server, ahead of what else answers its requests. Not where `NODE_ENV` is `production`,
 * unless it is asked for there.
 *
 * @returns ends that; idempotent.
 * @throws TypeError when the path is not one, Error when `@wsrv/playground` is not installed.
 */
export function servePlayground(
  httpServer: HttpServer,
  options: string | PlaygroundOptions,
  { failed, ...target }: PlaygroundTarget,
): () => void {
  const { path, inProduction = false, ...shown } = typeof options === 'string' ? { path: options } : options
  if (!PATH.test(path)) throw new TypeError(`playground must be a path as "/play", got ${describe(path)}`)
  expectInstalled()
  if (process.env['NODE_ENV'] === 'production' && !inProduction) return () => {}
  const loading = load().then(({ createPlayground }) => createPlayground({ ...shown, ...target, path }))
  loading.catch(failed)
  return intercept(httpServer, path, (request, response) => {
    loading.then(
      (playground) => playground.handle(request, response),
      () => response.writeHead(STATUS.internal).end(),
    )
  })
}

const PATH = /^(\/[\w.~-]+)+$/
const PACKAGE = '@wsrv/playground'

function expectInstalled(): void {
  try {
    createRequire(import.meta.url).resolve(PACKAGE)
  } catch (cause) {
    throw new Error(`the playground is a package of its own: install ${PACKAGE}`, { cause })
  }
}

/** By a name that no bundler follows: a server without the page carries none of it. */
async function load(): Promise<PlaygroundModule> {
  return (await import(/* @vite-ignore */ PACKAGE)) as PlaygroundModule
}

/**
 * Takes the requests below a path. A listener of `request` would come beside the application's, which would answer, too;
 * so the event itself is held back, whoever listens for it, now or later.
 */
function intercept(
  httpServer: HttpServer,
  path: string,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): () => void {
  let isOn = true
  const emit = httpServer.emit.bind(httpServer)
  const isBelow = ({ url = '' }: IncomingMessage): boolean => url === path || /^[/?]/.test(url.slice(path.length))
  httpServer.emit = (event: string, ...args: unknown[]): boolean => {
    const [request, response] = args as [IncomingMessage, ServerResponse]
    if (!isOn || event !== 'request' || !request.url?.startsWith(path) || !isBelow(request)) return emit(event, ...args)
    answer(request, response)
    return true
  }
  return () => {
    isOn = false
  }
}
