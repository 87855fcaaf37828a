import { show, takeAccount } from './account.ts'
import { Balancer } from './balancer.ts'
import { Chatter } from './chatter.ts'
import { type ClusterNode, hasRedis, SPREAD_MS, startNode, startRedis } from './processes.ts'

/** `pnpm demo:cluster`: three servers, one Redis; one server is killed, the others are replaced, and nothing goes missing. */
if (!hasRedis()) {
  console.error('redis-server was not found. Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis')
  process.exit(1)
}

const CHATTERS = 24
const INTERVAL_MS = 250
const redis = await startRedis()
const balancer = await Balancer.listen()
const url = `ws://127.0.0.1:${balancer.port}/ws`
const nodes: ClusterNode[] = []

async function add(name: string): Promise<void> {
  const node = await startNode(name, redis.port)
  nodes.push(node)
  balancer.add(node.port)
}

async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const node = nodes.shift()
  if (node === undefined) return
  console.log(signal === 'SIGKILL' ? `  server ${node.name} is killed` : `  server ${node.name} is replaced`)
  await node.end(signal)
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

await Promise.all(['a', 'b', 'c'].map(add))
console.log(`servers a, b and c behind ${url}, over one Redis on port ${redis.port}`)

const chatters = Array.from({ length: CHATTERS }, (_, at) => new Chatter(url, 1_001 + at))
await Promise.all(chatters.map((chatter) => chatter.ready()))
console.log(`${CHATTERS} users chat in one room; the balancer spread them over the servers\n`)
const talking = chatters.map((chatter) => chatter.talk(INTERVAL_MS))

await pause(2_000)
await end('SIGKILL')
await add('d')
await pause(3_000)
for (const name of ['e', 'f', 'g']) {
  await add(name)
  await end('SIGTERM')
}
await pause(SPREAD_MS)
for (const chatter of chatters) chatter.stop()
await Promise.all(talking)

const account = await takeAccount(chatters)
show(account)
for (const chatter of chatters) chatter.close()
balancer.close()
await Promise.all(nodes.map((node) => node.end('SIGKILL')))
redis.process.kill()
process.exit(account.missing + account.twice === 0 ? 0 : 1)
