import { describe, expect, it } from 'vitest'
import { FAULTS, suffer } from './crowd/faults.ts'
import { HAS_REDIS } from './redis-process.ts'

/** Some twenty times as fast as the defaults. */
const FAST = { probeIntervalMs: 250, leaseMs: 1_000, commandTimeoutMs: 1_000, maxDelayMs: 1_000 }

describe.skipIf(!HAS_REDIS)('a crowd over three servers', () => {
  it('is sent each push once or told, and served on, whatever happens to Redis and to the servers', async () => {
    for await (const [fault, report] of suffer(FAULTS, { members: 12, intervalMs: 50, broker: FAST, forMs: 700 })) {
      expect(report, fault.name).toMatchObject({ untold: 0, twice: 0 })
      if (!fault.dropsMembers) expect(report.dropped, fault.name).toBe(0)
      expect(report.silenceMs, fault.name).toBeLessThan(15_000)
    }
  }, 120_000)
})
