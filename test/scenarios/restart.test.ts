import { type ClientState, CommandError, type CommandInfo, WsrvClient } from '@wsrv/client'
import type { Server } from '@wsrv/server'
import { createSeededRandom, FakeClock, silentLogger, until } from '@wsrv/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { type Api, createConformanceServer } from '../conformance/contract.ts'

const NOTHING: CommandInfo = { cmd: 'nothing', idempotent: true }
const SLOW: CommandInfo = { cmd: 'slow' }
const SLOW_IDEMPOTENT: CommandInfo = { cmd: 'slow', idempotent: true }

const clients: WsrvClient[] = []
const servers: Server<Api>[] = []

afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  for (const server of servers.splice(0)) await server.close({ drainMs: 0 })
})

async function serve(clock: FakeClock, port = 0): Promise<{ readonly server: Server<Api>; readonly port: number }> {
  const server = createConformanceServer({ clock, logger: silentLogger })
  servers.push(server)
  const address = await server.listen(port, { host: '127.0.0.1' })
  return { server, port: address.port }
}

function connect(port: number, clock: FakeClock, random: () => number = Math.random): WsrvClient {
  const client = new WsrvClient(`ws://127.0.0.1:${port}/`, { clock, random, onProblem: () => {} })
  clients.push(client)
  return client
}

describe('a server that restarts', () => {
  it('under 200 concurrent calls: idempotent ones are answered once, the others reject with outcome_unknown', async () => {
    const clock = new FakeClock()
    const first = await serve(clock)
    const client = connect(first.port, clock)
    await client.connect()

    const calls = Array.from({ length: 200 }, (_, n) =>
      client.call(n % 2 === 0 ? SLOW_IDEMPOTENT : SLOW, {}, { timeoutMs: 60_000 }),
    )
    const outcomes = Promise.allSettled(calls)
    await client.call(NOTHING, {})
    for (const session of first.server.sessions.values()) session.close(1012, 'restart')
    await until(() => client.state === 'waiting', 'the client notices')
    await first.server.close({ drainMs: 0 })
    await serve(clock, first.port)
    for (let step = 0; step < 100 && client.state !== 'open'; step += 1) {
      await clock.advance(100)
      await until(() => client.state !== 'connecting', 'the attempt ends')
    }
    expect(client.state).toBe('open')
    await client.call(NOTHING, {})
    await clock.advance(200)

    const settled = await outcomes
    expect(settled.filter((one, n) => n % 2 === 0 && one.status === 'fulfilled')).toHaveLength(100)
    const rejected = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as CommandError] : []))
    expect(rejected.map((error) => error.code)).toEqual(Array(100).fill('outcome_unknown'))
    expect(rejected[0]).toBeInstanceOf(CommandError)
  })

  it('is reconnected to by 500 clients spread over the backoff window', { timeout: 60_000 }, async () => {
    const clock = new FakeClock()
    const random = createSeededRandom(7)
    const first = await serve(clock)
    const all = Array.from({ length: 500 }, () => connect(first.port, clock, random))
    await Promise.all(all.map((client) => client.connect()))
    await first.server.close({ drainMs: 0 })
    await until(() => all.every((client) => client.state === 'waiting'), 'everybody notices')

    await serve(clock, first.port)
    const attempts: number[] = []
    const count = (state: ClientState): number => all.filter((client) => client.state === state).length
    const stepMs = 50
    for (let elapsedMs = 0; count('open') < 500 && elapsedMs < 60_000; elapsedMs += stepMs) {
      const before = count('open')
      await clock.advance(stepMs)
      await until(() => count('connecting') === 0, 'the attempts end')
      attempts.push(count('open') - before)
    }
    expect(count('open')).toBe(500)
    // Full jitter: uniform over the first window, so no twentieth of a second sees a herd.
    const busy = attempts.filter((arrivals) => arrivals > 0)
    expect(busy.length).toBeGreaterThanOrEqual(8)
    expect(Math.max(...attempts)).toBeLessThanOrEqual(500 / 4)
  })
})
