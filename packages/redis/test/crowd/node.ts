import { redisBroker } from '@wsrv/redis'
import { createServer } from '@wsrv/server'
import { silentLogger } from '@wsrv/testing'
import { Redis } from 'ioredis'
import { CROWD_CONTRACT, type CrowdApi } from './contract.ts'

/** A server in a process of its own, which pushes to the room until it is told to finish. Says its URL when ready. */
const [name = '', port = '', intervalMs = '', options = '{}'] = process.argv.slice(2)
const client = new Redis({ port: Number(port), host: '127.0.0.1', lazyConnect: true })
const broker = await redisBroker(client, JSON.parse(options))
const server = createServer<CrowdApi>(CROWD_CONTRACT, { broker, logger: silentLogger })
let n = 0
setInterval(() => server.to('room').push('note', { from: name, n: ++n }), Number(intervalMs))
server.handle('join', async (c) => {
  await c.join('room')
  return {}
})
const { url } = await server.listen(0, { host: '127.0.0.1' })
process.stdout.write(`${url}\n`)
