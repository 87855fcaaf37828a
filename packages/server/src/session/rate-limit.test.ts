import { FakeClock } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { RateLimit, type RateLimitState } from './rate-limit.ts'

const start = (perSecond: number): { clock: FakeClock; limit: RateLimit; state: RateLimitState } => {
  const clock = new FakeClock()
  const limit = new RateLimit(clock, perSecond)
  return { clock, limit, state: { credit: perSecond, creditedAt: clock.now() } }
}

describe('a rate limit', () => {
  it('lets a second’s worth through at once, then says how long to wait', async () => {
    const { clock, limit, state } = start(10)
    for (let request = 0; request < 10; request += 1) expect(limit.spend(state, 1)).toBe(0)
    expect(limit.spend(state, 1)).toBe(100)
    await clock.advance(40)
    expect(limit.spend(state, 1)).toBe(60)
    await clock.advance(60)
    expect(limit.spend(state, 1)).toBe(0)
    expect(limit.spend(state, 1)).toBe(100)
  })

  it('holds on average, however often it is asked', async () => {
    const { clock, limit, state } = start(10)
    let served = 0
    for (let ms = 0; ms < 10_000; ms += 7) {
      if (limit.spend(state, 1) === 0) served += 1
      await clock.advance(7)
    }
    expect(served).toBeGreaterThanOrEqual(109)
    expect(served).toBeLessThanOrEqual(110)
  })

  it('gives no more than a second’s worth for a long rest', async () => {
    const { clock, limit, state } = start(10)
    for (let request = 0; request < 10; request += 1) limit.spend(state, 1)
    await clock.advance(60_000)
    let served = 0
    while (limit.spend(state, 1) === 0) served += 1
    expect(served).toBe(10)
  })

  it('charges what a request costs: nothing, much, or more than there ever is', async () => {
    const { clock, limit, state } = start(10)
    expect(limit.spend(state, 8)).toBe(0)
    expect(limit.spend(state, 0)).toBe(0)
    expect(limit.spend(state, 8)).toBe(600)
    await clock.advance(600)
    expect(limit.spend(state, 8)).toBe(0)
    expect(limit.spend(state, 25)).toBe(1_000)
    await clock.advance(1_000)
    expect(limit.spend(state, 25)).toBe(0)
  })

  it('may be none', () => {
    const { limit, state } = start(Infinity)
    expect(limit.spend(state, 1_000_000)).toBe(0)
    expect(limit.spend(state, 1_000_000)).toBe(0)
  })
})
