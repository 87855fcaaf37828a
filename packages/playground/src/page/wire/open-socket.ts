import { openPlainSocket } from './plain-socket.ts'
import type { OpenSocket } from './socket.ts'
import { openStreamSocket } from './stream-socket.ts'

/** Connects with what the browser has: `WebSocketStream`, whose reader can really be slow, else `WebSocket`. */
export const openSocket: OpenSocket = (url, events) =>
  'WebSocketStream' in globalThis ? openStreamSocket(url, events) : openPlainSocket(url, events)
