import { describe, expect, it } from 'vitest'
import { brokenPromises, FAULTS, suffer } from './crowd/faults.ts'
import { HAS_REDIS } from './redis-process.ts'

/** Some twenty times as fast as the defaults. */
const FAST = { probeIntervalMs: 250, leaseMs: 1_000, commandTimeoutMs: 1_000, maxDelayMs: 1_000 }

const FOR_MS = 700

describe.skipIf(!HAS_REDIS)('a crowd over three servers', () => {
  it('is sent each push once or told, and served on, whatever happens to Redis and to the servers', async () => {
    const options = { members: 12, intervalMs: 50, broker: FAST, forMs: FOR_MS }
    for await (const [fault, report] of suffer(FAULTS, options)) {
      expect(brokenPromises(fault, report, FOR_MS), `${fault.name}: ${JSON.stringify(report)}`).toEqual([])
    }
  }, 120_000)
})

describe('the judge of a crowd', () => {
  const good = { untold: 0, twice: 0, told: 3, dropped: 0, silenceMs: 900, growthMiB: 4 }
  const [fault = FAULTS[0]] = FAULTS.filter(({ dropsMembers, lasts }) => !dropsMembers && lasts === 0)

  it.each([
    [{}, []],
    [{ untold: 1 }, ['each push once or told']],
    [{ twice: 1 }, ['no push twice']],
    [{ dropped: 1 }, ['connections stay']],
    [{ silenceMs: 15_001 }, ['no server is deaf for longer than 15 s']],
    [{ growthMiB: 129 }, ['memory is bounded']],
  ])('says of %j: %j', (bad, broken) => {
    if (fault === undefined) throw new Error('no such fault')
    expect(brokenPromises(fault, { ...good, ...bad }, FOR_MS)).toEqual(broken)
  })
})
