import { createServer, type Server } from '@wsrv/server'
import { NEWS } from '../../job/note.ts'
import { type Api, contract } from './contract.ts'

/** All that a real server has: two middleware, asynchronous handlers, both directions checked, sessions, default limits. */
export function createBenchServer(): Server<Api> {
  const server = createServer<Api>(contract, {
    // One connection of the bench asks as much as a thousand pages.
    limits: { maxRequestsPerSecond: 1_000_000 },
    handlers: {
      echo: async (c) => c.data,
      announce: async (c) => {
        for (let time = 0; time < c.data.times; time += 1) c.server.broadcast('news', NEWS)
        return {}
      },
    },
  })
  const statuses = new Map<number | undefined, number>()
  return server.use(
    async (c, next) => {
      await next()
      statuses.set(c.status, (statuses.get(c.status) ?? 0) + 1)
    },
    (c, next) => (c.get('isBanned') === true ? c.abort(403, 'you are banned') : next()),
  )
}
