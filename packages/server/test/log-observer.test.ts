import { createLogObserver, type Logger, type UpgradeRefused } from '@wsrv/server'
import { FakeClock } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { connect, refusal } from './raw-peer.ts'
import { type ServeOptions, serve, type TestServer } from './test-server.ts'

/** pino's own type of a logging function: facts first, or words alone. */
interface LogFn {
  <Facts, Message extends string = string>(facts: Facts, msg?: Facts extends string ? never : Message): void
  (msg: string, ...values: unknown[]): void
}

/** Writes lines as pino does: level, the facts, an error under `err` in words, the words last. Needs its `this`, as pino. */
class PinoShaped {
  readonly lines: Record<string, unknown>[] = []
  readonly trace: LogFn = this.#writer(10)
  readonly debug: LogFn = this.#writer(20)
  readonly info: LogFn = this.#writer(30)
  readonly warn: LogFn = this.#writer(40)
  readonly error: LogFn = this.#writer(50)

  #writer(level: number): LogFn {
    return function write(this: PinoShaped, facts: unknown, msg?: unknown) {
      if (typeof facts !== 'object' || facts === null) throw new TypeError('facts come first')
      const { err, ...rest } = facts as { readonly err?: unknown }
      const error = err instanceof Error ? { err: { type: err.name, message: err.message } } : {}
      this.lines.push(JSON.parse(JSON.stringify({ level, ...rest, ...error, msg })))
    }
  }
}

describe('a logger of pino’s shape', () => {
  it('is taken as it is, and its lines hold facts first, words last, errors under err', async () => {
    const pino = new PinoShaped()
    const logger: Logger = pino
    const { server, url, clock } = await serve(
      { logger, observer: createLogObserver(logger), limits: { maxRequestsPerSecond: 3 }, random: () => 0 },
      (fresh) => {
        fresh.handle('anything', (c) => c.push('news', { text: 'a' }))
        fresh.handle('quick', () => {
          throw new TypeError('the cause')
        })
      },
    )
    const peer = await connect(url)
    const [sid] = server.sessions.keys()
    for (const cmd of ['anything', 'quick', 'nope', 'anything']) peer.send(`{"cmd":"${cmd}","seqno":"${cmd}"}`)
    await peer.settled()
    await clock.advance(20)
    for (const session of server.sessions.values()) session.close(4001, 'bye')

    expect(pino.lines.map((line) => JSON.stringify(line))).toEqual(
      [
        { level: 20, sid, remoteAddress: '127.0.0.1', msg: 'connection opened' },
        { level: 20, cmd: 'news', seqno: 'aaaaaaaa', receivers: 1, sid, bytes: 75, msg: 'push sent' },
        {
          ...{ level: 30, sid, cmd: 'anything', seqno: 'anything', status: 0, durationMs: 0 },
          ...{ requestBytes: 37, responseBytes: 71, msg: 'request ended' },
        },
        {
          ...{ level: 50, kind: 'handler_threw', sid, cmd: 'quick', seqno: 'quick' },
          ...{ err: { type: 'TypeError', message: 'the cause' }, msg: 'a handler or its middleware threw' },
        },
        {
          ...{ level: 30, sid, cmd: 'quick', seqno: 'quick', status: 500, durationMs: 0 },
          ...{ requestBytes: 31, responseBytes: 77, msg: 'request ended' },
        },
        {
          ...{ level: 30, sid, cmd: 'nope', seqno: 'nope', status: -1 },
          ...{ requestBytes: 29, responseBytes: 73, msg: 'request refused' },
        },
        {
          ...{ level: 40, limit: 'maxRequestsPerSecond', value: 3, sid, cmd: 'anything', seqno: 'anything' },
          msg: 'limit reached',
        },
        {
          ...{ level: 30, sid, cmd: 'anything', seqno: 'anything', status: 429 },
          ...{ requestBytes: 37, responseBytes: 116, msg: 'request refused' },
        },
        { level: 20, sid, code: 4001, reason: 'bye', durationMs: 20, msg: 'connection closed' },
      ].map((line) => JSON.stringify(line)),
    )
  })
})

it('writes durations to the microsecond', () => {
  const pino = new PinoShaped()
  const event = { cmd: 'anything', seqno: 'a', sid: 's', status: 0, requestBytes: 1, responseBytes: 1 }
  createLogObserver(pino).requestEnded?.({ ...event, durationMs: 15.423353000000134 })
  expect(pino.lines).toEqual([{ level: 30, ...event, durationMs: 15.423, msg: 'request ended' }])
})

describe('a flood', () => {
  const flooded = async (
    options: ServeOptions,
    message: (n: number) => string,
    prepare = (_: TestServer['server']) => {},
    // Beyond a hundred refusals a second a client is not read any more.
    messages = options.limits === undefined ? 1_000 : 90,
  ) => {
    const pino = new PinoShaped()
    const clock = new FakeClock()
    const observer = createLogObserver(pino, { clock })
    const { url } = await serve({ logger: pino, observer, clock, ...options }, prepare)
    const peer = await connect(url)
    for (let n = 0; n < messages; n += 1) peer.send(message(n))
    await peer.settled()
    return { pino, clock, peer }
  }

  it.each<[string, ServeOptions, string]>([
    ['good requests', {}, '{"cmd":"anything"}'],
    ['unknown commands', {}, '{"cmd":"nope"}'],
    ['requests over the rate', { limits: { maxRequestsPerSecond: 1 } }, '{"cmd":"anything"}'],
    ['data that does not match', {}, '{"cmd":"register","data":{"uid":"x"}}'],
    ['commands whose handler throws', {}, '{"cmd":"quick"}'],
  ])('of %s writes some lines a second', async (_, options, message) => {
    const { pino } = await flooded(
      options,
      () => message,
      (server) =>
        server
          .handle('anything', () => 1)
          .handle('register', () => ({ name: '' }))
          .handle('quick', () => {
            throw new Error('x')
          }),
    )
    expect(pino.lines.length).toBeGreaterThan(1)
    expect(pino.lines.length).toBeLessThan(25)
  })

  it('is counted: the next line says how many were left out', async () => {
    const { pino, clock, peer } = await flooded({}, () => '{"cmd":"nope"}')
    await clock.advance(1_000)
    peer.send('{"cmd":"nope"}')
    await peer.settled()
    const refusals = pino.lines.filter(({ msg }) => msg === 'request refused')
    expect(refusals.map(({ skipped }) => skipped)).toEqual([undefined, 999])
  })

  it('of one client does not hide another', async () => {
    const pino = new PinoShaped()
    const { url } = await serve({ observer: createLogObserver(pino, { clock: new FakeClock() }) })
    for (const peer of [await connect(url), await connect(url)]) {
      for (let n = 0; n < 100; n += 1) peer.send('{"cmd":"nope"}')
      await peer.settled()
    }
    expect(pino.lines).toHaveLength(2)
  })

  it('is not cut where all requests are asked for', async () => {
    const pino = new PinoShaped()
    const observer = createLogObserver(pino, { maxRequestsPerSecond: Infinity, clock: new FakeClock() })
    const { url } = await serve({ observer }, (server) => server.handle('anything', () => 1))
    const peer = await connect(url)
    for (let n = 0; n < 100; n += 1) peer.send('{"cmd":"anything"}')
    await peer.settled()
    expect(pino.lines).toHaveLength(100)
  })
})

describe('the server’s own log', () => {
  it('warns of an Origin that is refused, and says what to do', async () => {
    const pino = new PinoShaped()
    const refused: UpgradeRefused[] = []
    const { url } = await serve({ logger: pino, observer: { upgradeRefused: (event) => refused.push(event) } })
    const host = new URL(url).host
    expect(await refusal(url, { origin: 'https://app.example.com' })).toBe(403)
    const facts = { reason: 'origin', status: 403, origin: 'https://app.example.com', host, remoteAddress: '127.0.0.1' }
    expect(refused).toEqual([facts])
    expect(pino.lines).toEqual([{ level: 40, ...facts, msg: expect.stringContaining('Name it in allowedOrigins') }])
    for (let n = 0; n < 30; n += 1) await refusal(url, { origin: 'https://app.example.com' })
    expect(refused).toHaveLength(31)
    expect(pino.lines).toHaveLength(10)
  })

  it('says at debug where data does not match', async () => {
    const pino = new PinoShaped()
    const { url } = await serve({ logger: pino }, (server) => server.handle('register', () => ({ name: '' })))
    const peer = await connect(url)
    peer.send('{"cmd":"register","seqno":"a","data":{"uid":"x"}}')
    await peer.settled()
    expect(pino.lines.at(-1)).toMatchObject({
      ...{ level: 20, cmd: 'register', seqno: 'a', msg: 'data does not match its schema' },
      data: { issues: [{ path: '/uid', message: 'must be integer, got "x"' }], total: 1 },
    })
  })
})

describe('several observers', () => {
  it('are each told, whatever the others do', async () => {
    const told: string[] = []
    const { url } = await serve(
      {
        observer: [
          {
            requestEnded: () => {
              throw new Error('x')
            },
          },
          { requestEnded: ({ cmd }) => told.push(cmd) },
          { pushSent: ({ cmd }) => told.push(cmd) },
        ],
      },
      (server) => server.handle('anything', (c) => c.push('news', { text: 'a' })),
    )
    const peer = await connect(url)
    peer.send('{"cmd":"anything"}')
    await peer.settled()
    expect(told).toEqual(['news', 'anything'])
  })
})
