import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { until } from '@wsrv/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeAccount } from '../../examples/cluster/account.ts'
import { Chatter } from '../../examples/cluster/chatter.ts'
import { type ClusterNode, freePort, hasRedis, startNode, startRedis } from '../../examples/cluster/processes.ts'

const HAS_ALL = hasRedis() && spawnSync('haproxy', ['-v']).status === 0

/** The example's processes and its configuration of HAProxy, as they stand. */
describe.skipIf(!HAS_ALL)('a deploy behind HAProxy', () => {
  let redis: ChildProcess
  let haproxy: ChildProcess
  let a: ClusterNode
  let b: ClusterNode
  let url: string
  const chatters: Chatter[] = []

  beforeAll(async () => {
    const { port, process: started } = await startRedis()
    redis = started
    ;[a, b] = await Promise.all([startNode('a', port), startNode('b', port)])
    const [balancerPort, noPort] = [await freePort(), await freePort()]
    const host = (of: number): string => `127.0.0.1:${of}`
    haproxy = spawn('haproxy', ['-db', '-f', 'examples/cluster/haproxy.cfg'], {
      env: {
        ...process.env,
        BIND: host(balancerPort),
        NODE_A: host(a.port),
        NODE_B: host(b.port),
        NODE_C: host(noPort),
      },
      stdio: 'ignore',
    })
    await until(() => canConnect(balancerPort))
    url = `ws://127.0.0.1:${balancerPort}/ws`
  }, 60_000)

  afterAll(async () => {
    for (const chatter of chatters) chatter.close()
    await b.end('SIGKILL')
    for (const process of [haproxy, redis]) process.kill('SIGKILL')
  })

  it('moves every client to the other server: no call in doubt, no push missing, no one away for long', async () => {
    for (let uid = 1; uid <= 12; uid++) chatters.push(new Chatter(url, uid))
    await Promise.all(chatters.map((chatter) => chatter.ready()))
    const talking = chatters.map((chatter) => chatter.talk(100))
    await until(() => chatters.every((chatter) => chatter.pushed.size > 10))

    await a.end('SIGTERM')

    const before = chatters.map((chatter) => chatter.pushed.size)
    await until(() => chatters.every((chatter, at) => chatter.pushed.size > (before[at] ?? 0) + 10))
    for (const chatter of chatters) chatter.stop()
    await Promise.all(talking)
    const { calls, missing, twice, fetched, outages } = await takeAccount(chatters)
    expect([...calls.keys()]).toEqual(['answered'])
    expect({ missing, twice }).toEqual({ missing: 0, twice: 0 })
    // Half of them, each once; what was said while they moved was told, and read.
    expect(outages).toHaveLength(6)
    expect(fetched).toBeGreaterThanOrEqual(0)
  })
})

async function canConnect(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
