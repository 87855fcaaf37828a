import { until } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { connect, type RawPeer } from './raw-peer.ts'
import { serve } from './test-server.ts'

const MIB = 2 ** 20
const HELLO = '{"cmd":"$hello","seqno":"h","data":{"client":"c"}}'
const HELLO_FOR_SESSION = '{"cmd":"$hello","seqno":"h","data":{"client":"c","session":{"holder":"h"}}}'
const request = (seqno: string, cmd = 'anything'): string => `{"cmd":"${cmd}","seqno":"${seqno}","data":{"text":""}}`

describe('an answer that is no data', () => {
  it.each<[string, unknown, string]>([
    ['a function', () => 1, 'data is a function'],
    ['a symbol', Symbol('s'), 'data is a symbol'],
    ['a function in an object', { a: 1, f: () => 1 }, 'data/f is a function'],
    ['a symbol in a list', { list: [{}, { 'a/b': Symbol('s') }] }, 'data/list/1/a~1b is a symbol'],
  ])('is answered with 500, the report says what and where, and nothing else is lost: %s', async (_, data, problem) => {
    const { url, failures } = await serve({}, (server) =>
      server.handle('anything', (c) => {
        c.push('news', { text: 'pushed' })
        return c.seqno === 'a' ? data : 'fine'
      }),
    )
    const peer = await connect(url)
    for (const seqno of ['a', 'b']) peer.send(request(seqno))
    const answers = (await peer.rest()).map((text) => JSON.parse(text))
    expect(answers.map(({ seqno, status }) => (seqno.length > 1 ? 'push' : `${seqno} ${status}`))).toEqual([
      'push',
      'a 500',
      'push',
      'b 0',
    ])
    expect(failures).toMatchObject([{ kind: 'bad_response', cmd: 'anything', seqno: 'a' }])
    expect(String(failures[0]?.error)).toBe(`TypeError: ${problem}, which cannot be sent`)
  })

  it('is found in what a refusal holds, too', async () => {
    const { url, failures } = await serve({}, (server) =>
      server.handle('anything', (c) => c.abort(403, 'no', { why: () => 1 })),
    )
    const peer = await connect(url)
    peer.send(request('a'))
    expect(await peer.text()).toContain('"status":500')
    expect(failures).toMatchObject([{ kind: 'bad_response', cmd: 'anything', seqno: 'a' }])
    expect(String(failures[0]?.error)).toContain('data/why is a function')
  })

  it('is no reason to refuse what has methods and says how it is written', async () => {
    class Money {
      readonly cents = 5
      readonly note = undefined
      double(): number {
        return this.cents * 2
      }
    }
    const { url } = await serve({}, (server) =>
      server.handle('anything', () => [new Money(), new Date(0), { toJSON: () => 'written', f: () => 1 }]),
    )
    const peer = await connect(url)
    peer.send(request('a'))
    expect(JSON.parse(await peer.text()).data).toEqual([{ cents: 5 }, '1970-01-01T00:00:00.000Z', 'written'])
  })
})

describe('an answer of a schema without properties', () => {
  it('is sent as {}, whatever it holds', async () => {
    const { url } = await serve({}, (server) => server.handle('quick', () => ({ passwordHash: 'x' })))
    const peer = await connect(url)
    peer.send(request('a', 'quick'))
    expect(await peer.text()).toBe('{"cmd":"quick","seqno":"a","status":0,"msg":"ok","data":{}}')
  })
})

describe('an answer larger than maxBufferedBytes', () => {
  it.each([
    ['without a session', HELLO],
    ['with a session', HELLO_FOR_SESSION],
  ])('arrives at a reader that reads, though another leaves at the same time: %s', async (_, hello) => {
    const releases: (() => void)[] = []
    const { url } = await serve({ limits: { maxBufferedBytes: MIB } }, (server) =>
      server.handle('anything', async () => {
        await new Promise<void>((resolve) => releases.push(resolve))
        return 'y'.repeat(8 * MIB)
      }),
    )
    const peer = await connect(url)
    peer.send(hello)
    await peer.text()
    for (const seqno of ['1', '2']) peer.send(request(seqno))
    await until(() => releases.length === 2)
    for (const release of releases) release()
    for (let answer = 0; answer < 2; answer += 1) expect((await peer.text()).length).toBeGreaterThan(8 * MIB)
  })

  it('closes a reader that does not read and asks for another', async () => {
    const { url, server } = await serve({ limits: { maxBufferedBytes: MIB } }, (fresh) =>
      fresh.handle('anything', () => 'y'.repeat(8 * MIB)),
    )
    const closes: number[] = []
    server.onDisconnect((_session, { code }) => closes.push(code))
    const peer = await connect(url)
    peer.socket.pause()
    for (const seqno of ['1', '2', '3']) peer.send(request(seqno))
    await until(() => closes.length > 0)
    expect(closes).toEqual([4429])
  })
})

describe('a middleware that refuses before the handler has begun', () => {
  const refusedBy = async (status: number, hello: string | undefined, isLate = false): Promise<unknown> => {
    const { url } = await serve({}, (server) => {
      server.use(async (c, next) => {
        if (isLate) await next()
        return c.abort(status, 'no')
      })
      server.handle('anything', (c) => c.abort(status, 'no'))
    })
    const peer: RawPeer = await connect(url)
    if (hello !== undefined) {
      peer.send(hello)
      await peer.text()
    }
    peer.send(request('a'))
    return JSON.parse(await peer.text()).notRun
  }

  it.each([401, 429, 503])('with %i says that it was not run, to clients of the extensions only', async (status) => {
    expect(await refusedBy(status, HELLO)).toBe(true)
    expect(await refusedBy(status, undefined)).toBeUndefined()
    expect(await refusedBy(status, HELLO, true)).toBeUndefined()
  })

  it('with another status says nothing of it', async () => {
    expect(await refusedBy(403, HELLO)).toBeUndefined()
  })
})
