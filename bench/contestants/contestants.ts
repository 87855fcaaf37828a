import type { Contestant } from './contestant.ts'
import { orpcWire } from './orpc/wire.ts'
import { rpcWebsocketsWire } from './rpc-websockets/wire.ts'
import { socketIoWire } from './socket.io/wire.ts'
import { trpcWire } from './trpc/wire.ts'
import { tsrpcWire } from './tsrpc/wire.ts'
import { envelopeWire } from './ws/wire.ts'

const withBufferutil = { NODE_PATH: `${import.meta.dirname}/../with-bufferutil/node_modules` }

/** Everybody that is measured. The first is what the others are compared with. */
export const CONTESTANTS: readonly Contestant[] = [
  { name: 'ws', does: 'ws and JSON, a write a reply, nothing checked', folder: 'ws', wire: envelopeWire },
  {
    name: 'wsrv',
    does: 'this toolkit: routing, two middleware, async handlers, both directions checked, sessions, limits',
    folder: 'wsrv',
    wire: envelopeWire,
  },
  { name: 'ws+bu', does: 'ws with bufferutil', folder: 'ws', env: withBufferutil, wire: envelopeWire },
  { name: 'wsrv+bu', does: 'wsrv with bufferutil', folder: 'wsrv', env: withBufferutil, wire: envelopeWire },
  { name: 'wsrv+uws', does: 'wsrv in an app of uWebSockets.js', folder: 'wsrv-uws', wire: envelopeWire },
  {
    name: 'uws',
    does: 'uWebSockets.js and JSON, nothing checked: what Node can do',
    folder: 'uws',
    wire: envelopeWire,
  },
  {
    name: 'socket.io',
    does: 'acknowledgements, WebSocket only, nothing checked',
    folder: 'socket.io',
    wire: socketIoWire,
  },
  { name: 'rpc-websockets', does: 'JSON-RPC 2.0, nothing checked', folder: 'rpc-websockets', wire: rpcWebsocketsWire },
  { name: 'tsrpc', does: 'its binary protocol, both directions checked', folder: 'tsrpc', wire: tsrpcWire },
  { name: 'trpc', does: 'over ws, requests checked by zod', folder: 'trpc', wire: trpcWire },
  { name: 'orpc', does: 'over ws, requests checked by zod', folder: 'orpc', wire: orpcWire },
]

/** Contestants of a scenario that nobody chose for: bufferutil matters to large messages only. */
export const USUAL: readonly string[] = CONTESTANTS.map(({ name }) => name).filter((name) => !name.endsWith('+bu'))
