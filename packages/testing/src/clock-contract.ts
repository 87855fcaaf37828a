import { type Clock, MAX_TIMER_MS } from '@wsrv/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

/** A clock under test and the way in which its time passes. */
export interface ClockHost {
  readonly clock: Clock
  /** Lets time pass: resolves when it has, and everything due has run. */
  pass(ms: number): Promise<void>
}

/** The one contract of every clock: an implementation's test is one call. */
export function describeClock(name: string, start: () => ClockHost): void {
  describe(`${name} as a clock`, () => {
    let clock: Clock
    let pass: ClockHost['pass']
    let ran: string[]
    const note = (what: string) => () => ran.push(what)

    beforeEach(() => {
      const host = start()
      clock = host.clock
      pass = (ms) => host.pass(ms)
      ran = []
    })
    afterEach(() => pass(0))

    it('moves forward as time passes', async () => {
      const before = clock.now()
      await pass(20)
      // A machine's timers may be early by less than a millisecond.
      expect(clock.now() - before).toBeGreaterThanOrEqual(19)
    })

    it('runs an action once, when its delay is over and not before', async () => {
      clock.setTimeout(note('a'), 20)
      await pass(0)
      expect(ran).toEqual([])
      await pass(40)
      await pass(40)
      expect(ran).toEqual(['a'])
    })

    it('runs actions in the order of their time', async () => {
      clock.setTimeout(note('later'), 40)
      clock.setTimeout(note('sooner'), 5)
      await pass(80)
      expect(ran).toEqual(['sooner', 'later'])
    })

    it('runs what an action sets', async () => {
      clock.setTimeout(() => clock.setTimeout(note('inner'), 5), 5)
      // A machine under load may be late twice.
      for (let time = 0; time < 20 && ran.length === 0; time += 1) await pass(30)
      expect(ran).toEqual(['inner'])
    })

    it('forgets a timer that is cleared', async () => {
      const timer = clock.setTimeout(note('a'), 5)
      clock.clearTimeout(timer)
      clock.clearTimeout(timer)
      clock.clearTimeout(undefined)
      await pass(30)
      expect(ran).toEqual([])
    })

    it('does not mind that a timer is cleared which has run', async () => {
      const timer = clock.setTimeout(note('a'), 5)
      await pass(30)
      clock.clearTimeout(timer)
      expect(ran).toEqual(['a'])
    })

    it('does not run an action at once because its delay is longer than a timer can be', async () => {
      const timer = clock.setTimeout(note('a'), MAX_TIMER_MS * 2)
      await pass(20)
      expect(ran).toEqual([])
      clock.clearTimeout(timer)
    })
  })
}
