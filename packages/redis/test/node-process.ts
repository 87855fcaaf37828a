import { redisBroker } from '@wsrv/redis'
import { BrokerWorld } from '@wsrv/testing'
import { Redis } from 'ioredis'

/** A server in a process of its own with one member in `room`, for tests that kill or stop it. Says its member's sid when ready. */
const [port = '', options = '{}'] = process.argv.slice(2)
const world = new BrokerWorld(() =>
  redisBroker(new Redis({ port: Number(port), host: '127.0.0.1', lazyConnect: true }), JSON.parse(options)),
)
const node = await world.add()
const peer = await node.connect()
await peer.session.join('room', { from: 'elsewhere' })
process.stdout.write(`${peer.sid}\n`)
