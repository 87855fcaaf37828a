import type { Broker } from '@wsrv/server'
import { describe, it } from 'vitest'
import { BrokerWorld } from './broker-world.ts'
import { DELIVERY_SCENARIOS } from './delivery-scenarios.ts'
import { PRESENCE_SCENARIOS } from './presence-scenarios.ts'
import { PUSH_SCENARIOS } from './push-scenarios.ts'
import type { BrokerScenario } from './scenario.ts'
import { SESSION_SCENARIOS } from './session-scenarios.ts'

/** A broker under test. */
export interface BrokerHost {
  /** Starts one API: returns what joins its servers one after the other, apart from every other API of the host. */
  start(): () => Promise<Broker>
}

/** What every broker has to do, with two and three servers and real sockets: the suite of the seam. */
export function describeBroker(name: string, host: BrokerHost): void {
  const groups: readonly [string, readonly BrokerScenario[]][] = [
    ['pushes', PUSH_SCENARIOS],
    ['deliveries', DELIVERY_SCENARIOS],
    ['sessions elsewhere', SESSION_SCENARIOS],
    ['presence', PRESENCE_SCENARIOS],
  ]
  describe.each(groups)(`${name}: %s`, (_group, scenarios) => {
    it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', async (_name, { run }) => {
      const world = new BrokerWorld(host.start())
      try {
        await run(world)
      } finally {
        await world.close()
      }
    })
  })
}
