import { WsrvClient } from '@wsrv/client'
import { HEARTBEAT_INTERVAL_MS } from '@wsrv/protocol'
import { FakeClock, silentLogger, until } from '@wsrv/testing'
import { afterEach, expect, it } from 'vitest'
import { createConformanceServer } from '../conformance/contract.ts'
import { TcpProxy } from './tcp-proxy.ts'

const closers: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

it('a link that swallows everything in both directions is noticed within two heartbeat intervals and replaced', async () => {
  // The server has a clock of its own that stands still: only the client can notice.
  const server = createConformanceServer({ clock: new FakeClock(), logger: silentLogger })
  const { port } = await server.listen(0, { host: '127.0.0.1' })
  closers.push(() => server.close({ drainMs: 0 }))
  const proxy = await TcpProxy.listen(() => port)
  closers.push(() => proxy.close())
  const clock = new FakeClock()
  const client = new WsrvClient(`ws://127.0.0.1:${proxy.port}/`, { clock, onProblem: () => {} })
  closers.push(() => client.close())
  await client.connect()
  await client.call({ cmd: 'nothing' }, {})

  proxy.blackhole()
  const lostAt = clock.now()
  const pending = client.call({ cmd: 'nothing' }, {}, { timeoutMs: 300_000 })
  while (client.state === 'open' && clock.now() - lostAt < 60_000) await clock.advance(500)
  expect(client.state).toBe('waiting')
  expect(clock.now() - lostAt).toBeLessThanOrEqual(2 * HEARTBEAT_INTERVAL_MS + 500)

  proxy.restore()
  for (let step = 0; step < 200 && client.state !== 'open'; step += 1) {
    await clock.advance(500)
    await until(() => client.state !== 'connecting', 'the attempt ends')
  }
  // The session came back, and the call with it.
  expect(await pending).toBeNull()
  expect(await client.call({ cmd: 'nothing' }, {})).toBeNull()
})
