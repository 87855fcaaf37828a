import { HARD_MESSAGE_FACTOR } from '@wsrv/protocol'
import type { Adapter } from '../connection/adapter.ts'
import type { UwsApp, UwsSocket } from './uws-app.ts'
import type { UwsConnection } from './uws-connection.ts'
import { UwsUpgrade, type UwsUserData } from './uws-upgrade.ts'

/**
 * Accepts the clients of a uWebSockets.js app.
 *
 * ```ts
 * const app = App()
 * server.attach(uwsAdapter(app), { path: '/ws' })
 * app.listen(8800, () => {})
 * ```
 *
 * What differs from the default: a peer that breaks a rule of WebSockets is dropped without a close code, a peer that
 * does not read is still read, one that goes on over its rate is closed with 4429, a silent one is dropped after 8 s at the earliest, and the app cannot release a path: a closed server answers with 503 as long as the app listens.
 */
export function uwsAdapter(app: UwsApp): Adapter {
  return {
    open: ({ path, maxMessageBytes, heartbeatTimeoutMs }, onUpgrade) => {
      app.ws(path, {
        maxPayloadLength: maxMessageBytes * HARD_MESSAGE_FACTOR,
        // The core watches over its readers itself; here messages would be dropped in silence.
        maxBackpressure: 0,
        idleTimeout: idleTimeoutS(heartbeatTimeoutMs),
        sendPingsAutomatically: true,
        upgrade: (response, request, context) => onUpgrade(new UwsUpgrade(response, request, context)),
        open: (socket) => connectionOf(socket).opened(socket),
        message: (socket, message, isBinary) => connectionOf(socket).received(message, isBinary),
        ping: (socket, message) => connectionOf(socket).pinged(message.byteLength),
        pong: (socket) => connectionOf(socket).ponged(),
        drain: (socket) => connectionOf(socket).drained(),
        close: (socket, code, message) => connectionOf(socket).closed(code, message),
      })
      return () => undefined
    },
  }
}

/** Also the time until a closing connection without an answer is gone. */
function idleTimeoutS(heartbeatTimeoutMs = 0): number {
  return heartbeatTimeoutMs === 0
    ? DEFAULT_IDLE_S
    : Math.min(MAX_IDLE_S, Math.max(MIN_IDLE_S, Math.ceil(heartbeatTimeoutMs / 1_000)))
}

/** What uWebSockets allows. */
const MIN_IDLE_S = 8
const MAX_IDLE_S = 960
const DEFAULT_IDLE_S = 32

function connectionOf(socket: UwsSocket): UwsConnection {
  return (socket.getUserData() as UwsUserData).connection
}
