import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { describe } from '@wsrv/protocol'
import { refuseUpgrade } from '../connection/refuse-upgrade.ts'
import type { Upgrade } from '../connection/transport.ts'

/** Takes the upgrades of one path. */
export type UpgradeHandler = (upgrade: Upgrade) => void

/**
 * Takes the upgrades of one path of an HTTP server, beside others that take theirs.
 *
 * An upgrade of another path is left to the server's other `upgrade` listeners, and answered with 404 when it has none:
 * Node leaves such a socket open for ever.
 *
 * @param path compared exactly, without the query.
 * @returns a function that releases the path; idempotent.
 * @throws Error when the path is taken.
 */
export function takeUpgrades(httpServer: HttpServer, path: string, handler: UpgradeHandler): () => void {
  const paths = PATHS.get(httpServer) ?? listen(httpServer)
  if (paths.handlers.has(path)) throw new Error(`path ${describe(path)} of this HTTP server is taken`)
  paths.handlers.set(path, handler)
  return () => {
    if (paths.handlers.get(path) !== handler) return
    paths.handlers.delete(path)
    if (paths.handlers.size === 0) paths.stop()
  }
}

/** RFC 9110 §15.5.5. */
const NOT_FOUND = 404

/** The paths taken of one HTTP server. */
interface Paths {
  readonly handlers: Map<string, UpgradeHandler>
  readonly stop: () => void
}

/** One listener per HTTP server, however many wsrv servers are attached: two would each refuse the other's paths. */
const PATHS = new WeakMap<HttpServer, Paths>()

function listen(httpServer: HttpServer): Paths {
  const handlers = new Map<string, UpgradeHandler>()
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const handler = handlers.get(pathOf(request))
    if (handler !== undefined) handler({ request, socket, head })
    else if (httpServer.listenerCount('upgrade') === 1) refuseUpgrade(socket, { status: NOT_FOUND })
  }
  const stop = (): void => {
    httpServer.off('upgrade', onUpgrade)
    PATHS.delete(httpServer)
  }
  const paths = { handlers, stop }
  httpServer.on('upgrade', onUpgrade)
  PATHS.set(httpServer, paths)
  return paths
}

function pathOf({ url = '' }: IncomingMessage): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}
