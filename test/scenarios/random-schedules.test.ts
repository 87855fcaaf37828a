import { CommandError, WsrvClient } from '@wsrv/client'
import { assertNoLeaks, createSeededRandom, FakeClock, LossyTransport, MemoryTransport } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { MemoryServer } from './memory-server.ts'

/** Schedules a run; `WSRV_SEED=n` replays one of them. */
const SEEDS =
  process.env['WSRV_SEED'] === undefined
    ? Array.from({ length: 1_000 }, (_, n) => n + 1)
    : [Number(process.env['WSRV_SEED'])]
const STEPS = 40

describe.each([
  ['with extensions', true],
  ['that answers -1 to every reserved command', false],
])('1,000 random schedules of drops, delays and aborts against a server %s', (_, hasExtensions) => {
  it('settle each call exactly once, run no non-idempotent handler twice, leave nothing behind', {
    timeout: 120_000,
  }, async () => {
    const outcomes = new Map<string, number>()
    for (const seed of SEEDS) {
      const count = (outcome: string): unknown => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      await play(seed, { hasExtensions, count }).catch((error: Error) => {
        throw new Error(`seed ${seed} (replay: WSRV_SEED=${seed}): ${error.message}`, { cause: error })
      })
    }
    // The schedules are worth something only when every ending comes up often.
    if (SEEDS.length === 1) return
    for (const outcome of ['ok', 'outcome_unknown', 'timeout', 'given up'])
      expect(outcomes.get(outcome), outcome).toBeGreaterThan(500)
  })
})

/** One call and what became of it. */
interface Attempt {
  readonly isIdempotent: boolean
  readonly controller: AbortController
  settled: number
}

interface Rules {
  readonly hasExtensions: boolean
  /** Told how each call ended. */
  readonly count: (outcome: string) => unknown
}

async function play(seed: number, { hasExtensions, count }: Rules): Promise<void> {
  const random = createSeededRandom(seed)
  const between = (min: number, max: number): number => min + Math.floor(random() * (max - min + 1))
  const clock = new FakeClock()
  const server = new MemoryServer({ clock, hasExtensions, handlerMs: () => (random() < 0.5 ? 0 : between(1, 3_000)) })
  const memory = new MemoryTransport((peer) => (random() < 0.1 ? peer.drop('refused') : server.serve(peer)))
  const network = new LossyTransport(memory, { clock, random })
  Object.assign(network.rules, { maxDelayMs: between(0, 300), dropRate: random() < 0.3 ? 0.05 : 0 })
  const client = new WsrvClient('ws://memory/', { clock, random, transport: network, onProblem: () => {} })
  const attempts: Attempt[] = []

  const call = (): void => {
    const attempt: Attempt = { isIdempotent: random() < 0.5, controller: new AbortController(), settled: 0 }
    attempts.push(attempt)
    const info = { cmd: attempt.isIdempotent ? 'again' : 'once', idempotent: attempt.isIdempotent }
    const settle = (outcome: string): void => {
      attempt.settled += 1
      count(outcome)
    }
    client.call(info, {}, { timeoutMs: between(10, 8_000), signal: attempt.controller.signal }).then(
      () => settle('ok'),
      (error: Error) => settle(error instanceof CommandError ? error.code : error.message),
    )
  }
  const deeds: readonly (() => void)[] = [
    call,
    call,
    call,
    () => attempts[between(0, attempts.length - 1)]?.controller.abort(new Error('given up')),
    () => network.cut(),
    () => network.halfOpen(),
    () => memory.peers.at(-1)?.close(between(0, 1) === 0 ? 1001 : 1012, 'restart'),
    () => void client.reconnect(),
  ]
  for (let step = 0; step < STEPS; step += 1) {
    deeds[between(0, deeds.length - 1)]?.()
    if (random() < 0.6) await clock.advance(between(0, random() < 0.1 ? 40_000 : 700))
  }
  await clock.advance(10_000)

  expect(attempts.map((attempt) => attempt.settled)).toEqual(attempts.map(() => 1))
  expect(server.runs.filter(({ cmd, count }) => cmd === 'once' && count > 1)).toEqual([])
  client.close()
  await clock.advance(60_000)
  assertNoLeaks({ clock, transport: memory, signals: attempts.map(({ controller }) => controller.signal) })
}
