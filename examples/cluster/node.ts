import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { redisBroker } from '@wsrv/redis'
import { Redis } from 'ioredis'
import { createServer } from '../quickstart/generated/server.ts'
import { createHandlers } from './handlers.ts'
import { Rooms } from './rooms.ts'

/** One of the servers: `PORT` (0 takes a free one), `HOST` and `REDIS_URL` say where. Leaves by SIGTERM, within `SPREAD_MS` + `DRAIN_MS`. */
const { PORT = '8800', HOST = '127.0.0.1', REDIS_URL = 'redis://127.0.0.1:6379' } = process.env
const { SPREAD_MS = '20000', DRAIN_MS = '5000' } = process.env

const redis = new Redis(REDIS_URL)
redis.on('error', () => undefined) // the broker reports it, once per outage
const server = createServer({ handlers: createHandlers(new Rooms(redis)), broker: await redisBroker(redis) })
server.use((c, next) => {
  if (c.cmd === 'register' || c.get('uid') !== undefined) return next()
  return c.abort(401, 'register first')
})

/** What a balancer asks: new connections are for others as soon as this one shuts down. */
const http = createHttpServer((_request, response) => response.writeHead(server.isClosing ? 503 : 200).end())
server.attach(http, { path: '/ws' })
http.listen(Number(PORT), HOST, () => console.log((http.address() as AddressInfo).port))

process.once('SIGTERM', async () => {
  await server.close({ spreadMs: Number(SPREAD_MS), drainMs: Number(DRAIN_MS) })
  http.close()
  redis.disconnect()
})
