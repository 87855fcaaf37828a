import { type ClientOptions, type CommandError, WsrvClient } from '@wsrv/client'
import type { Contract } from '@wsrv/schema'
import { type Context, createServer, type RequestEnded, type Server, type ServerOptions } from '@wsrv/server'
import { FakeClock, silentLogger, until } from '@wsrv/testing'
import { afterEach, describe, expect, it } from 'vitest'

interface Api {
  commands: { work: { request: Record<string, unknown>; response: string; errors: Record<never, never> } }
  pushes: Record<never, never>
  session: Record<never, never>
}

const contract: Contract = {
  commands: [{ cmd: 'work', request: { type: 'object' }, response: { type: 'string' }, errors: {}, idempotent: false }],
  pushes: [],
  types: {},
}

const WORK = { cmd: 'work' }
const closers: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Stage {
  readonly clock: FakeClock
  readonly server: Server<Api>
  readonly client: WsrvClient
  /** Handlers that have begun. */
  readonly begun: Context<Api, 'work'>[]
  /** Why their signals fired, and when. */
  readonly stopped: { readonly code: string; readonly at: number }[]
  readonly ended: RequestEnded[]
  /** Lets the oldest handler answer. */
  readonly finish: () => void
}

/** A client and a server whose handler works until it is let go, and listens to its signal. */
async function meet(server: ServerOptions<Api> = {}, client: ClientOptions = {}): Promise<Stage> {
  const clock = new FakeClock()
  const begun: Stage['begun'] = []
  const stopped: Stage['stopped'] = []
  const ended: RequestEnded[] = []
  const finishers: (() => void)[] = []
  const observer = { requestEnded: (event: RequestEnded) => ended.push(event) }
  const real = createServer<Api>(contract, { clock, logger: silentLogger, observer, ...server })
  real.handle('work', (c) => {
    begun.push(c)
    c.signal.addEventListener('abort', () => stopped.push({ code: c.signal.reason.code, at: clock.now() }))
    return new Promise((resolve) => finishers.push(() => resolve('done')))
  })
  const { url } = await real.listen(0, { host: '127.0.0.1' })
  const made = new WsrvClient(url, { clock, random: () => 0, onProblem: () => {}, ...client })
  closers.push(async () => {
    made.close()
    await real.close({ drainMs: 0 })
    expect(clock.pendingTimers).toBe(0)
  })
  await made.connect()
  // The answer of `$hello`, by which the client knows what the server knows.
  await until(() => made.roundTripMs !== undefined || client.extensions === false, 'hello')
  return { clock, server: real, client: made, begun, stopped, ended, finish: () => finishers.shift()?.() }
}

/** How a call ends. */
function outcome(call: Promise<unknown>): Promise<unknown> {
  return call.catch((error: unknown) => error)
}

describe('a call whose signal fires', () => {
  it('rejects with the signal’s reason at once, and its handler is told', async () => {
    const { client, begun, stopped, ended, finish } = await meet()
    const controller = new AbortController()
    const call = outcome(client.call(WORK, {}, { signal: controller.signal }))
    await until(() => begun.length === 1, 'the handler begins')
    const reason = new Error('the user left')
    controller.abort(reason)
    expect(await call).toBe(reason)
    await until(() => stopped.length === 1, 'the handler hears')
    expect(stopped).toEqual([{ code: 'cancelled', at: 0 }])
    expect(String(begun[0]?.signal.reason)).toBe('CommandError: [cancelled] work: the caller gave it up')
    expect(ended.find(({ cmd }) => cmd === 'work')?.status).toBe(499)
    finish()

    const next = client.call(WORK, {})
    await until(() => begun.length === 2, 'the next begins')
    finish()
    expect(await next).toBe('done')
    expect(ended.filter(({ cmd }) => cmd === 'work').map(({ status }) => status)).toEqual([499, 0])
  })

  it('rejects alike when the server has no extensions, whose handler works on', async () => {
    const { client, begun, stopped, finish } = await meet({ extensions: false }, { maxInFlight: 2 })
    const controller = new AbortController()
    const call = outcome(client.call(WORK, {}, { signal: controller.signal }))
    await until(() => begun.length === 1, 'the handler begins')
    controller.abort('enough')
    expect(await call).toBe('enough')
    const next = client.call(WORK, {})
    await until(() => begun.length === 2, 'the next begins')
    finish()
    finish()
    expect(await next).toBe('done')
    expect(stopped).toEqual([])
  })
})

describe('a deadline', () => {
  it('stops both ends at the same moment', async () => {
    const { client, clock, begun, stopped, ended } = await meet()
    let isSettled = false
    const call = outcome(client.call(WORK, {}, { timeoutMs: 700 })).finally(() => {
      isSettled = true
    })
    await until(() => begun.length === 1, 'the handler begins')
    await clock.advance(699)
    expect([isSettled, stopped]).toEqual([false, []])
    await clock.advance(1)
    expect(((await call) as CommandError).code).toBe('timeout')
    await until(() => stopped.length === 1, 'the handler hears')
    // Whether the server's own timer or the client's `$cancel` comes first is up to the network.
    expect(stopped).toEqual([{ code: expect.stringMatching(/^(timeout|cancelled)$/), at: 700 }])
    expect([408, 499]).toContain(ended.find(({ cmd }) => cmd === 'work')?.status)
  })

  it('that leaves the server less time than its own limit counts; a longer one does not', async () => {
    const { client, clock, begun, stopped } = await meet({ handlerTimeoutMs: 500 })
    const call = outcome(client.call(WORK, {}, { timeoutMs: 60_000 }))
    await until(() => begun.length === 1, 'the handler begins')
    await clock.advance(500)
    expect(((await call) as CommandError).status).toBe(408)
    expect(stopped).toEqual([{ code: 'timeout', at: 500 }])
  })

  it('is kept to by the client alone when the server has no extensions', async () => {
    const { client, clock, begun, stopped } = await meet({ extensions: false })
    await client.connect()
    const call = outcome(client.call(WORK, {}, { timeoutMs: 700 }))
    await clock.advance(5) // such a server rests before each request
    await until(() => begun.length === 1, 'the handler begins')
    await clock.advance(695)
    expect(((await call) as CommandError).status).toBeUndefined()
    expect(stopped).toEqual([])
  })
})

describe('a handler', () => {
  it('is told when its caller’s connection ends', async () => {
    const { client, begun, stopped } = await meet()
    const call = outcome(client.call(WORK, {}))
    await until(() => begun.length === 1, 'the handler begins')
    client.close()
    expect(((await call) as CommandError).code).toBe('outcome_unknown')
    await until(() => stopped.length === 1, 'the handler hears')
    expect(stopped).toEqual([{ code: 'cancelled', at: 0 }])
  })
})
