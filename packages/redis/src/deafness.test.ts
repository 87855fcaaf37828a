import type { BrokerServer } from '@wsrv/server'
import { FakeClock } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { UNJOINED } from './receiver.ts'
import { RedisLink } from './redis-link.ts'
import type { RedisPort, SubscriptionEvents } from './redis-port.ts'
import { resolveSettings } from './settings.ts'

/** Redis behind a router that forgets connections: the subscriber's alone, or both; those opened later are carried. */
class ForgetfulRedis {
  readonly port: RedisPort
  #commandsAlive = { is: true }
  #receive: SubscriptionEvents['received'] | undefined

  constructor(clock: FakeClock, commandTimeoutMs: number) {
    const close = (): void => undefined
    this.port = {
      partitions: 1,
      openCommands: async () => {
        const alive = { is: true }
        this.#commandsAlive = alive
        const answer = <Value>(value: Value): Promise<Value> =>
          new Promise((resolve, reject) => {
            if (alive.is) resolve(value)
            else clock.setTimeout(() => reject(new Error('Command timed out')), commandTimeoutMs)
          })
        return {
          publish: (channel, message) => {
            if (alive.is) this.#receive?.(channel, message)
            return answer(1)
          },
          // The lease is renewed; there are neither rooms nor dead servers.
          run: ([name, , keys]) => answer(name === 'eval' && keys === 1 ? 1 : []),
          info: () => answer(''),
          close,
        }
      },
      openSubscriptions: async ({ received }) => {
        this.#receive = received
        return { subscribe: async () => undefined, unsubscribe: async () => undefined, close }
      },
    }
  }

  forget(what: 'subscriber' | 'both'): void {
    this.#receive = undefined
    if (what === 'both') this.#commandsAlive.is = false
  }
}

/** The longest time, in ms, that a server with the default options is deaf for; the fault comes at 60 moments of 15 s. */
async function longestDeafness(what: 'subscriber' | 'both'): Promise<number> {
  let longestMs = 0
  for (let after = 0; after < 15_000; after += 250) {
    const clock = new FakeClock()
    const settings = resolveSettings({ clock, random: () => 0.999 })
    const redis = new ForgetfulRedis(clock, settings.commandTimeoutMs)
    const link = new RedisLink(redis.port, settings)
    let heardAgainAt = 0
    const report: BrokerServer['report'] = ({ kind }) => {
      if (kind === 'resubscribed') heardAgainAt = clock.now()
    }
    link.attach({ ...UNJOINED, report })
    await link.open()
    await clock.advance(30_000 + after)
    expect(heardAgainAt).toBe(0)
    redis.forget(what)
    await clock.advance(30_000)
    expect(heardAgainAt).toBeGreaterThan(0)
    longestMs = Math.max(longestMs, heardAgainAt - 30_000 - after)
    await link.close()
  }
  return longestMs
}

describe('with the default options, a server hears again', () => {
  it('within two probes when its subscription is silently dead', async () => {
    const longestMs = await longestDeafness('subscriber')
    expect(longestMs).toBeGreaterThan(5_000)
    expect(longestMs).toBeLessThanOrEqual(6_000 + 200)
  })

  it('within three probes and the time of a command when both connections are', async () => {
    const longestMs = await longestDeafness('both')
    expect(longestMs).toBeGreaterThan(8_000)
    expect(longestMs).toBeLessThanOrEqual(14_000 + 200)
  })
})
