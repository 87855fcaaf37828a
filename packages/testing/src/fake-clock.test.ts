import { describe, expect, it } from 'vitest'
import { FakeClock } from './fake-clock.ts'

describe('a fake clock', () => {
  it('settles: what needs no time happens, however many turns it takes, and no timer runs', async () => {
    const clock = new FakeClock()
    const log: string[] = []
    clock.setTimeout(() => log.push('timer'), 0)
    const hop = (left: number): unknown => (left === 0 ? log.push('arrived') : setImmediate(hop, left - 1))
    hop(8)
    await clock.settle()
    expect(log).toEqual(['arrived'])
    await clock.advance(0)
    expect(log).toEqual(['arrived', 'timer'])
  })

  it('repeats an action at every interval, until it is cleared', async () => {
    const clock = new FakeClock()
    const at: number[] = []
    const stop = clock.setInterval(() => at.push(clock.now()), 100)
    await clock.advance(350)
    stop()
    stop()
    await clock.advance(350)
    expect([at, clock.pendingTimers]).toEqual([[100, 200, 300], 0])
  })

  it('refuses an interval that would never let time pass', () => {
    expect(() => new FakeClock().setInterval(() => undefined, 0)).toThrow(RangeError)
  })
})
