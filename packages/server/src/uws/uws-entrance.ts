import { HARD_MESSAGE_FACTOR } from '@wsrv/protocol'
import type { Entrance } from '../connection/entrance.ts'
import type { UwsApp, UwsSocket } from './uws-app.ts'
import { UwsArrival, type UwsUserData } from './uws-arrival.ts'
import type { UwsConnection } from './uws-connection.ts'

/**
 * Lets the clients of a uWebSockets.js app in.
 *
 * ```ts
 * const app = App()
 * server.attach(uwsEntrance(app), { path: '/ws' })
 * app.listen(8800, () => {})
 * ```
 *
 * What differs from the default: a peer that breaks a rule of WebSockets is dropped without a close code, one that does not
 * read is read on, and the app can give no path back: a closed server answers with 503 as long as the app listens.
 */
export function uwsEntrance(app: UwsApp): Entrance {
  return {
    open: ({ path, maxMessageBytes }, arrive) => {
      app.ws(path, {
        maxPayloadLength: maxMessageBytes * HARD_MESSAGE_FACTOR,
        // The core watches over its readers itself; here messages would be dropped in silence.
        maxBackpressure: 0,
        idleTimeout: IDLE_TIMEOUT_S,
        sendPingsAutomatically: true,
        upgrade: (response, request, context) => arrive(new UwsArrival(response, request, context)),
        open: (socket) => connectionOf(socket).opened(socket),
        message: (socket, message, isBinary) => connectionOf(socket).received(message, isBinary),
        pong: (socket) => connectionOf(socket).ponged(),
        close: (socket, code, message) => connectionOf(socket).closed(code, message),
      })
      return () => undefined
    },
  }
}

/** Also the time in which a closed connection is gone whose peer does not answer. uWebSockets allows 8 s and more. */
const IDLE_TIMEOUT_S = 32

function connectionOf(socket: UwsSocket): UwsConnection {
  return (socket.getUserData() as UwsUserData).connection
}
