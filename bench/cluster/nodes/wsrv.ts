import { redisBroker } from '@wsrv/redis'
import type { Contract } from '@wsrv/schema'
import { createServer } from '@wsrv/server'
import { Redis } from 'ioredis'
import { serveNode, type TimedNews } from './serve-node.ts'

interface Api {
  commands: Record<never, never>
  pushes: { news: TimedNews }
  session: Record<never, never>
}

const contract: Contract = {
  commands: [],
  pushes: [
    {
      cmd: 'news',
      data: {
        type: 'object',
        properties: { id: { type: 'integer' }, text: { type: 'string' }, at: { type: 'integer' } },
        required: ['id', 'text', 'at'],
      },
    },
  ],
  types: {},
}

const redis = new Redis({ port: Number(process.env['REDIS_PORT']), lazyConnect: true })
const server = createServer<Api>(contract, { broker: await redisBroker(redis) })
server.onConnect((session) => void session.join('room'))

await serveNode({
  listen: (port) => server.listen(port),
  push: (news) => server.to('room').push('news', news),
})
