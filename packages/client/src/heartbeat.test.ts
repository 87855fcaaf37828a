import { FakeClock } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { Heartbeat, type HeartbeatCallbacks } from './heartbeat.ts'

interface Beat {
  readonly what: 'heartbeat' | 'ping' | 'silent'
  readonly at: number
}

function start(pings: boolean, serverTimeoutMs?: number, callbacks: Partial<HeartbeatCallbacks> = {}) {
  const clock = new FakeClock()
  const beats: Beat[] = []
  const note = (what: Beat['what']) => () => {
    beats.push({ what, at: clock.now() })
    if (what === 'ping') heartbeat.sent()
    if (what === 'silent') heartbeat.stop()
  }
  const heartbeat: Heartbeat = new Heartbeat(
    {
      sendHeartbeat: note('heartbeat'),
      sendPing: () => {
        note('ping')()
        return true
      },
      isAwaiting: () => false,
      silences: () => 0,
      progress: () => 0,
      ...callbacks,
    },
    { clock, heartbeatIntervalMs: 10_000, extensions: pings },
  )
  heartbeat.start(note('silent'), serverTimeoutMs)
  return { clock, heartbeat, beats }
}

describe('a heartbeat', () => {
  it('is sent every interval by an idle client', async () => {
    const { clock, beats } = start(false)
    await clock.advance(35_000)
    expect(beats).toEqual([10_000, 20_000, 30_000].map((at) => ({ what: 'heartbeat', at })))
  })

  it('is not sent by a busy client', async () => {
    const { clock, heartbeat, beats } = start(false)
    for (let second = 0; second < 60; second++) {
      await clock.advance(1_000)
      heartbeat.sent()
    }
    expect(beats).toEqual([])
  })

  it('comes an interval after the last thing sent', async () => {
    const { clock, heartbeat, beats } = start(false)
    await clock.advance(9_000)
    heartbeat.sent()
    await clock.advance(20_000)
    expect(beats.map(({ at }) => at)).toEqual([19_000, 29_000])
  })

  it('is due at a time that sums do not hit exactly', async () => {
    const { clock, heartbeat, beats } = start(false)
    // 6384.1 + 10000 - 6384.1 is less than 10000: a timer for the rest would be set again and again.
    await clock.advance(6_384.1)
    heartbeat.sent()
    await clock.advance(10_000.1)
    expect(beats).toEqual([{ what: 'heartbeat', at: 16_384.1 }])
  })

  it('ends when stopped, and leaves no timer', async () => {
    const { clock, heartbeat, beats } = start(true)
    heartbeat.stop()
    heartbeat.stop()
    expect(clock.pendingTimers).toBe(0)
    await clock.advance(60_000)
    expect(beats).toEqual([])
  })

  it('comes within a third of the server’s limit', async () => {
    const { clock, beats } = start(false, 6_000)
    await clock.advance(5_000)
    expect(beats.map(({ at }) => at)).toEqual([2_000, 4_000])
  })

  it('comes no later for a server that is more patient', async () => {
    const { clock, beats } = start(false, 60_000)
    await clock.advance(10_000)
    expect(beats).toHaveLength(1)
  })
})

describe('a ping', () => {
  it('is sent when nothing came for an interval, and is a heartbeat too', async () => {
    const { clock, heartbeat, beats } = start(true)
    await clock.advance(10_000)
    heartbeat.received()
    await clock.advance(10_000)
    expect(beats).toEqual([
      { what: 'ping', at: 10_000 },
      { what: 'ping', at: 20_000 },
    ])
  })

  it('is not sent to a server that talks; its client still sends heartbeats', async () => {
    const { clock, heartbeat, beats } = start(true)
    for (let second = 0; second < 20; second++) {
      await clock.advance(1_000)
      heartbeat.received()
    }
    expect(beats).toEqual([10_000, 20_000].map((at) => ({ what: 'heartbeat', at })))
  })

  it('that nothing answers shows within 4 s that the link is half open', async () => {
    const { clock, heartbeat, beats } = start(true)
    await clock.advance(3_000)
    heartbeat.received()
    await clock.advance(60_000)
    expect(beats).toEqual([
      { what: 'heartbeat', at: 10_000 },
      { what: 'ping', at: 13_000 },
      { what: 'silent', at: 17_000 },
    ])
  })

  it('shows it to a busy client as well', async () => {
    const { clock, heartbeat, beats } = start(true)
    for (let second = 0; second < 30; second++) {
      await clock.advance(1_000)
      heartbeat.sent()
    }
    expect(beats).toEqual([
      { what: 'ping', at: 10_000 },
      { what: 'silent', at: 14_000 },
    ])
  })

  it('is answered by whatever comes', async () => {
    const { clock, heartbeat, beats } = start(true)
    await clock.advance(13_999)
    heartbeat.received()
    await clock.advance(10_000)
    expect(beats.map(({ what }) => what)).not.toContain('silent')
  })

  it('can be sent at once, one at a time', async () => {
    const { clock, heartbeat, beats } = start(true)
    heartbeat.probe()
    heartbeat.probe()
    await clock.advance(10_000)
    expect(beats).toEqual([
      { what: 'ping', at: 0 },
      { what: 'silent', at: 4_000 },
    ])
  })

  it('is sent after 2 s of silence while a call waits for its answer, and every 2 s from then on', async () => {
    const { clock, heartbeat, beats } = start(true, undefined, { isAwaiting: () => true })
    await clock.advance(2_000)
    heartbeat.received()
    await clock.advance(2_000)
    heartbeat.received()
    expect(beats).toEqual([
      { what: 'ping', at: 2_000 },
      { what: 'ping', at: 4_000 },
    ])
  })

  it('comes 2 s after a call that ends a long silence was sent', async () => {
    let isAwaiting = false
    const { clock, heartbeat, beats } = start(true, undefined, { isAwaiting: () => isAwaiting })
    await clock.advance(5_000)
    isAwaiting = true
    heartbeat.sent()
    await clock.advance(10_000)
    expect(beats.map(({ what, at }) => [what, at])).toEqual([
      ['ping', 5_000],
      ['silent', 9_000],
    ])
  })

  it('may go unanswered as long as bytes come or go', async () => {
    let bytes = 0
    const { clock, beats } = start(true, undefined, { isAwaiting: () => true, progress: () => bytes })
    for (let second = 0; second < 24; second += 1) {
      bytes += 125_000
      await clock.advance(1_000)
    }
    expect(beats.filter(({ what }) => what !== 'heartbeat')).toEqual([{ what: 'ping', at: 2_000 }])
    await clock.advance(20_000)
    expect(beats.at(-1)).toEqual({ what: 'silent', at: 30_000 })
  })

  it.each([
    [1, 10_000],
    [3, 34_000],
    [4, 66_000],
    [99, 66_000],
  ])('of a call that has been on %i silent links is waited for until %i ms', async (silences, at) => {
    const { clock, beats } = start(true, undefined, { isAwaiting: () => true, silences: () => silences })
    await clock.advance(120_000)
    expect(beats.at(-1)).toEqual({ what: 'silent', at })
  })

  it('has to be answered before a call is entrusted to a link whose timers slept', async () => {
    const { clock, heartbeat, beats } = start(true)
    heartbeat.stop()
    await clock.advance(12_000)
    expect(heartbeat.isDoubtful()).toBe(false)
    await clock.advance(1)
    expect([heartbeat.isDoubtful(), heartbeat.isDoubtful(), beats]).toEqual([
      true,
      true,
      [{ what: 'ping', at: 12_001 }],
    ])
    heartbeat.received()
    expect(heartbeat.isDoubtful()).toBe(false)
    heartbeat.stop()
  })
})
