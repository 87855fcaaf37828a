import { FakeClock } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { Heartbeat } from './heartbeat.ts'

function start() {
  const clock = new FakeClock()
  const sentAt: number[] = []
  const heartbeat = new Heartbeat({ sendHeartbeat: () => sentAt.push(clock.now()) }, { clock, intervalMs: 10_000 })
  heartbeat.start()
  return { clock, heartbeat, sentAt }
}

describe('a heartbeat', () => {
  it('is sent every interval by an idle client', async () => {
    const { clock, sentAt } = start()
    await clock.advance(35_000)
    expect(sentAt).toEqual([10_000, 20_000, 30_000])
  })

  it('is not sent by a busy client', async () => {
    const { clock, heartbeat, sentAt } = start()
    for (let second = 0; second < 60; second++) {
      await clock.advance(1_000)
      heartbeat.sent()
    }
    expect(sentAt).toEqual([])
  })

  it('comes an interval after the last thing sent', async () => {
    const { clock, heartbeat, sentAt } = start()
    await clock.advance(9_000)
    heartbeat.sent()
    await clock.advance(20_000)
    expect(sentAt).toEqual([19_000, 29_000])
  })

  it('ends when stopped, and leaves no timer', async () => {
    const { clock, heartbeat, sentAt } = start()
    heartbeat.stop()
    heartbeat.stop()
    expect(clock.pendingTimers).toBe(0)
    await clock.advance(60_000)
    expect(sentAt).toEqual([])
  })
})
