import { createLogObserver, type Logger } from '@wsrv/server'
import { describe, expect, it } from 'vitest'
import { connect } from './raw-peer.ts'
import { serve } from './test-server.ts'

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
