import { HEARTBEAT_TIMEOUT_MS } from '@wsrv/protocol'
import { FakeClock } from '@wsrv/testing'
import { afterAll, expect, it } from 'vitest'
import { createEchoServer } from '../support/echo-server.ts'
import { Witness } from '../support/witness.ts'
import { IdleCrowd } from './idle-crowd.ts'

const clock = new FakeClock()
const server = createEchoServer({ clock })
afterAll(() => server.close({ drainMs: 0 }))

it('of 1,000 idle connections exactly the silent 100 are dropped, within 2 s of the limit', async () => {
  const { port } = await server.listen(0, { host: '127.0.0.1' })
  const witness = await Witness.open(port)
  const crowd = new IdleCrowd(port)
  await crowd.arrive(1_000, 10)
  const drops: { readonly code: number; readonly atMs: number }[] = []
  server.onDisconnect((_session, { code }) => drops.push({ code, atMs: clock.now() }))

  for (let second = 1; second <= 2 * (HEARTBEAT_TIMEOUT_MS / 1_000) + 2; second += 1) {
    await clock.advance(1_000)
    // A round trip after the pings were written, the pongs are on their way; another, and they have been read.
    await witness.call()
    await witness.call()
  }

  expect(drops).toHaveLength(100)
  expect(new Set(drops.map(({ code }) => code))).toEqual(new Set([4408]))
  for (const { atMs } of drops) {
    expect(atMs).toBeGreaterThan(HEARTBEAT_TIMEOUT_MS)
    expect(atMs).toBeLessThanOrEqual(HEARTBEAT_TIMEOUT_MS + 2_000)
  }
  expect(crowd.silent.every((peer) => peer.hasEnded)).toBe(true)
  expect(crowd.lively.some((peer) => peer.hasEnded)).toBe(false)
  crowd.leave()
  witness.destroy()
})
