import { type CommandError, WsrvClient } from '@wsrv/client'
import { createServer, type Server } from '@wsrv/server'
import {
  assertNoLeaks,
  createSeededRandom,
  FakeClock,
  LossyTransport,
  MemoryNetwork,
  silentLogger,
} from '@wsrv/testing'
import { afterEach, describe, expect, it } from 'vitest'

const anyObject = { type: 'object' }
const commands = ['once', 'again'].map((cmd) => ({
  cmd,
  request: anyObject,
  response: anyObject,
  errors: {},
  idempotent: cmd === 'again',
}))

interface Stage {
  readonly clock: FakeClock
  readonly client: WsrvClient
  readonly link: LossyTransport
  /** How often each command's handler ran. */
  readonly runs: { once: number; again: number }
  /** Lets the handlers that wait answer. */
  release(): void
}

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A real server and a real client on a link in memory that can be cut at an exact frame. */
async function play(extensions: boolean, sessions = false): Promise<Stage> {
  const clock = new FakeClock()
  const network = new MemoryNetwork()
  const link = new LossyTransport(network.clientTransport, { clock, random: createSeededRandom(1) })
  const runs = { once: 0, again: 0 }
  let release = (): void => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const server = createServer(
    { commands, pushes: [], types: {} },
    { clock, extensions, logger: silentLogger, transport: network.serverTransport },
  ) as unknown as Server<{
    commands: Record<'once' | 'again', { request: object; response: object; errors: object }>
    pushes: object
    session: object
  }>
  for (const cmd of ['once', 'again'] as const) {
    server.handle(cmd, async () => {
      runs[cmd] += 1
      await gate
      return {}
    })
  }
  server.attach(network.httpServer)
  const client = new WsrvClient('ws://memory/', {
    clock,
    random: () => 0.5,
    transport: link,
    sessions,
    // Both kinds of call at once, whatever the server speaks.
    maxInFlight: 2,
    onProblem: () => {},
  })
  const opening = client.connect()
  await clock.advance(0)
  await opening
  closers.push(async () => {
    client.close()
    release()
    await server.close({ drainMs: 0 })
    await clock.advance(60_000)
    assertNoLeaks({ clock, transport: network.clientTransport })
  })
  return { clock, client, link, runs, release }
}

function outcome(calling: Promise<unknown>): Promise<unknown> {
  return calling.then(
    () => 'ok',
    (error: CommandError) => error.code,
  )
}

const ONCE = { cmd: 'once' }
const AGAIN = { cmd: 'again', idempotent: true }

describe.each([
  ['with extensions', true],
  ['that answers -1 to every reserved command', false],
])('a drop without sessions, against a server %s', (_, extensions) => {
  it('before the request was sent: both kinds of call wait and are answered, each run once', async () => {
    const { clock, client, link, runs, release } = await play(extensions)
    link.cut()
    await clock.advance(0)
    expect(client.state).toBe('waiting')
    const calls = [outcome(client.call(ONCE, {})), outcome(client.call(AGAIN, {}))]
    release()
    await clock.advance(2_000)
    expect(await Promise.all(calls)).toEqual(['ok', 'ok'])
    expect(runs).toEqual({ once: 1, again: 1 })
  })

  it('while the request travels: the server never saw it, but nobody can know', async () => {
    const { clock, client, link, runs, release } = await play(extensions)
    Object.assign(link.rules, { minDelayMs: 50, maxDelayMs: 50 })
    const calls = [outcome(client.call(ONCE, {})), outcome(client.call(AGAIN, {}))]
    link.cut()
    Object.assign(link.rules, { minDelayMs: 0, maxDelayMs: 0 })
    await clock.advance(0)
    expect(await calls[0]).toBe('outcome_unknown')
    release()
    await clock.advance(2_000)
    expect(await calls[1]).toBe('ok')
    expect(runs).toEqual({ once: 0, again: 1 })
  })

  it('after the server ran the handler: a mutation is not run twice, an idempotent call is answered by a second run', async () => {
    const { clock, client, link, runs, release } = await play(extensions)
    const calls = [outcome(client.call(ONCE, {})), outcome(client.call(AGAIN, {}))]
    await clock.advance(0)
    expect(runs).toEqual({ once: 1, again: 1 })
    link.cut()
    await clock.advance(0)
    expect(await calls[0]).toBe('outcome_unknown')
    release()
    await clock.advance(2_000)
    expect(await calls[1]).toBe('ok')
    expect(runs).toEqual({ once: 1, again: 2 })
  })

  it('during the reply: as after the handler, for the reply is lost', async () => {
    const { clock, client, link, runs, release } = await play(extensions)
    Object.assign(link.rules, { minDelayMs: 50, maxDelayMs: 50 })
    const calls = [outcome(client.call(ONCE, {})), outcome(client.call(AGAIN, {}))]
    release()
    await clock.advance(60)
    expect(runs).toEqual({ once: 1, again: 1 })
    link.cut()
    await clock.advance(0)
    expect(await calls[0]).toBe('outcome_unknown')
    await clock.advance(2_000)
    expect(await calls[1]).toBe('ok')
    expect(runs).toEqual({ once: 1, again: 2 })
  })
})

describe('a drop with sessions: both kinds of call are answered, each run once', () => {
  it.each([
    ['while the request travels', { again: 0, once: 0 }, { cutAfterMs: 0, releaseFirst: false }],
    ['after the server ran the handler', { again: 1, once: 1 }, { cutAfterMs: 60, releaseFirst: false }],
    ['during the reply', { again: 1, once: 1 }, { cutAfterMs: 60, releaseFirst: true }],
  ])('%s', async (_, ranBefore, { cutAfterMs, releaseFirst }) => {
    const { clock, client, link, runs, release } = await play(true, true)
    const changes: unknown[] = []
    client.onSession((change) => changes.push(change))
    Object.assign(link.rules, { minDelayMs: 50, maxDelayMs: 50 })
    const calls = [outcome(client.call(ONCE, {})), outcome(client.call(AGAIN, {}))]
    if (releaseFirst) release()
    await clock.advance(cutAfterMs)
    expect(runs).toEqual(ranBefore)
    link.cut()
    Object.assign(link.rules, { minDelayMs: 0, maxDelayMs: 0 })
    await clock.advance(0)
    expect(client.state).toBe('waiting')
    release()
    await clock.advance(5_000)
    expect(await Promise.all(calls)).toEqual(['ok', 'ok'])
    expect(runs).toEqual({ once: 1, again: 1 })
    expect(changes).toEqual([{ recovered: true }])
  })
})
