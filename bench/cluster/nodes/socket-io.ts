import { createServer } from 'node:http'
import { createShardedAdapter } from '@socket.io/redis-adapter'
import { createAdapter as createStreamsAdapter } from '@socket.io/redis-streams-adapter'
import { Redis } from 'ioredis'
import { Server } from 'socket.io'
import { serveNode } from './serve-node.ts'

/** As the documentation of each adapter shows it; `ADAPTER` says which. */
const redis = new Redis({ port: Number(process.env['REDIS_PORT']) })
const adapter =
  process.env['ADAPTER'] === 'streams'
    ? createStreamsAdapter(redis)
    : createShardedAdapter(redis, redis.duplicate(), { subscriptionMode: 'dynamic' })
const http = createServer()
const io = new Server(http, { transports: ['websocket'], serveClient: false, adapter })
io.on('connection', (socket) => void socket.join('room'))

await serveNode({
  listen: (port) => new Promise<void>((resolve) => http.listen(port, resolve)),
  push: (news) => void io.to('room').emit('news', news),
})
