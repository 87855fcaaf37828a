import { createServer } from '@wsrv/server'
import { until } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import type { Authenticate } from '../src/extensions/authentication.ts'
import { connect, type RawPeer } from './raw-peer.ts'
import { type TestApi, testContract } from './test-contract.ts'
import { type ServeOptions, serve, type TestServer } from './test-server.ts'

/** Lets in who presents a number, which becomes the uid. */
const byNumber: Authenticate<TestApi> = (c) => {
  if (c.auth === 'banned') throw c.refuse('forbidden', 'never again')
  if (typeof c.auth !== 'number') return c.refuse('unauthenticated', 'a number, please')
  c.session.set('uid', c.auth)
  return c.accept()
}

const hello = (auth: string, seqno = 'h'): string =>
  `{"cmd":"$hello","seqno":"${seqno}","data":{"client":"c","auth":${auth}}}`
const WHO = '{"cmd":"anything","seqno":"w"}'
const NOT_ACCEPTED = '{"cmd":"anything","seqno":"w","status":401,"msg":"unauthenticated","data":{}}'
/** To a client that has sent `$hello`. */
const NOT_RUN = NOT_ACCEPTED.replace('{}}', '{},"notRun":true}')
const uid = (value: string): string => `{"cmd":"anything","seqno":"w","status":0,"msg":"ok","data":${value}}`

const PATIENT: ServeOptions = { limits: { authTimeoutMs: Infinity } }

async function meet(
  authenticate: Authenticate<TestApi>,
  options: ServeOptions = {},
): Promise<TestServer & { readonly peer: RawPeer }> {
  const served = await serve({ authenticate, ...options }, (server) => {
    server.handle('anything', (c) => c.get('uid') ?? null)
    server.handle('quick', (c) => {
      c.session.requestAuth()
      return {}
    })
  })
  return { ...served, peer: await connect(served.url) }
}

/** Sends and gives what comes back. */
async function ask(peer: RawPeer, message: string): Promise<string> {
  peer.send(message)
  return peer.text()
}

describe('a server that authenticates', () => {
  it('answers commands with 401 until it has accepted the client', async () => {
    const { peer, server } = await meet(byNumber)
    const [session] = server.sessions.values()
    expect(await ask(peer, WHO)).toBe(NOT_ACCEPTED)
    expect(await ask(peer, '{"cmd":"nope","seqno":"w"}')).toContain('"status":401')
    expect(session?.isAccepted).toBe(false)
    expect(await ask(peer, hello('7'))).toContain('"cmd":"$hello","seqno":"h","status":0')
    expect(session?.isAccepted).toBe(true)
    expect(await ask(peer, WHO)).toBe(uid('7'))
  })

  it('serves $ping to anybody', async () => {
    const { peer } = await meet(byNumber)
    expect(await ask(peer, '{"cmd":"$ping","seqno":"p"}')).toContain('"status":0')
  })

  it('lets a client that was refused try again', async () => {
    const { peer } = await meet(byNumber)
    expect(await ask(peer, hello('"x"'))).toBe(
      '{"cmd":"$hello","seqno":"h","status":401,"msg":"a number, please","data":{}}',
    )
    expect(await ask(peer, WHO)).toBe(NOT_RUN)
    expect(await ask(peer, hello('8'))).toContain('"status":0')
    expect(await ask(peer, WHO)).toBe(uid('8'))
  })

  it('closes with 1008 after it has refused for good', async () => {
    const { peer, failures } = await meet(byNumber)
    expect(await ask(peer, hello('"banned"'))).toBe(
      '{"cmd":"$hello","seqno":"h","status":403,"msg":"never again","data":{}}',
    )
    expect(await peer.closed()).toEqual({ code: 1008, reason: 'forbidden' })
    expect(failures).toEqual([])
  })

  it('may go by the upgrade request alone', async () => {
    const { url } = await serve({
      authenticate: (c) =>
        c.request.headers.cookie === 'sid=7' ? c.accept() : c.refuse('unauthenticated', 'no cookie'),
    })
    const [good, bad] = [await connect(url, { headers: { cookie: 'sid=7' } }), await connect(url)]
    const HELLO = '{"cmd":"$hello","seqno":"h","data":{"client":"c"}}'
    expect(await ask(good, HELLO)).toContain('"status":0')
    expect(await ask(bad, HELLO)).toContain('"status":401,"msg":"no cookie"')
  })

  it('sends no push before it has accepted the client', async () => {
    const { peer, server } = await meet(byNumber)
    const [session] = server.sessions.values()
    session?.join('lobby')
    expect(session?.push('news', { text: 'a' })).toBe(false)
    server.broadcast('news', { text: 'b' })
    server.to('lobby').push('news', { text: 'c' })
    expect(await peer.rest()).toEqual([])
    await ask(peer, hello('7'))
    server.broadcast('news', { text: 'd' })
    expect(await peer.text()).toContain('"text":"d"')
  })

  it('needs extensions', () => {
    expect(() => createServer(testContract, { authenticate: (c) => c.accept(), extensions: false })).toThrow(
      'authenticate needs extensions: credentials come in a reserved command',
    )
  })
})

describe('$auth', () => {
  const auth = (data: string): string => `{"cmd":"$auth","seqno":"a","data":{"auth":${data}}}`

  it('replaces the credentials; other requests are served meanwhile', async () => {
    const release: (() => void)[] = []
    const { peer } = await meet(async (c) => {
      if (c.auth === 8) await new Promise<void>((resolve) => release.push(resolve))
      return byNumber(c)
    })
    await ask(peer, hello('7'))
    peer.send(auth('8'))
    expect(await ask(peer, WHO)).toBe(uid('7'))
    release[0]?.()
    expect(await peer.text()).toBe('{"cmd":"$auth","seqno":"a","status":0,"msg":"ok","data":{}}')
    expect(await ask(peer, WHO)).toBe(uid('8'))
  })

  it('that is refused ends the acceptance, until another is accepted', async () => {
    const { peer } = await meet(byNumber)
    await ask(peer, hello('7'))
    expect(await ask(peer, auth('"x"'))).toContain('"cmd":"$auth","seqno":"a","status":401')
    expect(await ask(peer, WHO)).toBe(NOT_RUN)
    expect(await ask(peer, auth('9'))).toContain('"status":0')
    expect(await ask(peer, WHO)).toBe(uid('9'))
    expect(await ask(peer, auth('"banned"'))).toContain('"status":403')
    expect((await peer.closed()).code).toBe(1008)
  })

  it('is asked for by a push', async () => {
    const { peer, server } = await meet(byNumber)
    await ask(peer, hello('7'))
    expect(await ask(peer, '{"cmd":"quick","seqno":"q"}')).toMatch(
      /^\{"cmd":"\$reauth","seqno":"[a-z0-9]{8}","status":0,"msg":"ok","data":\{\}\}$/,
    )
    const [session] = server.sessions.values()
    session?.close()
    expect(session?.requestAuth()).toBe(false)
  })

  it('is accepted by a server that accepts everybody', async () => {
    const { url } = await serve()
    expect(await ask(await connect(url), auth('1'))).toBe('{"cmd":"$auth","seqno":"a","status":0,"msg":"ok","data":{}}')
  })
})

describe('authenticate', () => {
  it.each([
    ['throws', () => Promise.reject(new Error('db down')), 'Error: db down'],
    ['gives no verdict', () => undefined as never, 'Error: authenticate gave no verdict'],
    ['returns true', () => true as never, 'Error: authenticate gave no verdict'],
    [
      'throws after its verdict',
      (c) => {
        c.accept()
        throw new Error('late')
      },
      'Error: late',
    ],
  ] satisfies [string, Authenticate<TestApi>, string][])(
    'that %s accepts nobody: 500, reported',
    async (_, hook, error) => {
      const { peer, failures } = await meet(hook)
      expect(await ask(peer, hello('7'))).toBe(
        '{"cmd":"$hello","seqno":"h","status":500,"msg":"internal error","data":{}}',
      )
      expect(await ask(peer, WHO)).toBe(NOT_RUN)
      expect(failures).toMatchObject([{ kind: 'authenticate_failed', cmd: '$hello' }])
      expect(String(failures[0]?.error)).toBe(error)
    },
  )

  it('is held to its first verdict', async () => {
    const { peer } = await meet((c) => {
      if (c.auth === 1) c.accept()
      c.refuse('unauthenticated', 'no')
      return c.accept()
    })
    expect(await ask(peer, hello('0'))).toContain('"status":401')
    expect(await ask(peer, hello('1'))).toContain('"status":0')
  })

  it('is asked once at a time', async () => {
    const release: (() => void)[] = []
    const { peer } = await meet(async (c) => {
      await new Promise<void>((resolve) => release.push(resolve))
      return byNumber(c)
    })
    peer.send(hello('7'))
    expect(await ask(peer, hello('8', 'i'))).toBe(
      '{"cmd":"$hello","seqno":"i","status":429,"msg":"credentials are being checked already","data":{"retryAfterMs":1000}}',
    )
    release[0]?.()
    expect(await peer.text()).toContain('"seqno":"h","status":0')
    expect(await ask(peer, WHO)).toBe(uid('7'))
  })

  it.each([
    ['timeout', 408, async ({ clock }: TestServer) => clock.advance(30_000)],
    [
      'cancelled',
      499,
      async (_: TestServer, peer: RawPeer) => peer.send('{"cmd":"$cancel","seqno":"c","data":{"seqno":"h"}}'),
    ],
  ])('that is stopped (%s) is answered with %d, and its late verdict does not count', async (code, status, stop) => {
    const release: (() => void)[] = []
    const reasons: unknown[] = []
    const served = await meet(async (c) => {
      c.signal.addEventListener('abort', () => reasons.push(c.signal.reason.code))
      await new Promise<void>((resolve) => release.push(resolve))
      return c.accept()
    }, PATIENT)
    const { peer } = served
    peer.send(hello('7'))
    await peer.settled()
    await stop(served, peer)
    expect(await peer.text()).toContain(`"cmd":"$hello","seqno":"h","status":${status}`)
    expect(reasons).toEqual([code])
    release[0]?.()
    await peer.rest()
    expect(await ask(peer, WHO)).toBe(NOT_RUN)
  })

  it('that outlives its connection harms nobody', async () => {
    const release: (() => void)[] = []
    const { peer, server, failures } = await meet(async (c) => {
      await new Promise<void>((resolve) => release.push(resolve))
      return c.accept()
    })
    peer.send(hello('7'))
    await until(() => release.length > 0)
    peer.socket.terminate()
    await until(() => server.sessions.size === 0)
    release[0]?.()
    expect(failures).toEqual([])
  })
})

describe('a client that is not accepted in time', () => {
  const CLOSED = { code: 4401, reason: 'not authenticated in time' }

  it.each<[string, (peer: RawPeer) => unknown]>([
    ['says nothing', () => undefined],
    ['shows life only', async (peer) => peer.send('')],
    ['is refused', (peer) => ask(peer, hello('"x"'))],
  ])('and %s is closed with 4401 after 10 s', async (_what, act) => {
    const limits: unknown[] = []
    const { peer, server, clock } = await meet(byNumber, { observer: { limitReached: (event) => limits.push(event) } })
    const [session] = server.sessions.values()
    await act(peer)
    await clock.advance(9_999)
    expect(server.sessions.size).toBe(1)
    await clock.advance(1)
    expect(await peer.closed()).toEqual(CLOSED)
    expect(limits).toEqual([{ limit: 'authTimeoutMs', value: 10_000, sid: session?.sid }])
  })

  it('and whose credentials are still being checked is closed, and the check is stopped', async () => {
    const reasons: unknown[] = []
    const { peer, clock } = await meet((c) => {
      c.signal.addEventListener('abort', () => reasons.push(c.signal.reason.code))
      return new Promise(() => undefined)
    })
    peer.send(hello('7'))
    await peer.settled()
    await clock.advance(10_000)
    expect(await peer.closed()).toEqual(CLOSED)
    expect(reasons).toEqual(['cancelled'])
  })

  it('is nobody who was accepted, nor anybody where nobody authenticates', async () => {
    const { peer, server, clock } = await meet(byNumber, { heartbeatTimeoutMs: 0 })
    await ask(peer, hello('7'))
    await clock.advance(60_000)
    expect(server.sessions.size).toBe(1)
    expect(clock.pendingTimers).toBe(0)
    const open = await serve({ heartbeatTimeoutMs: 0 })
    await connect(open.url)
    expect(open.clock.pendingTimers).toBe(0)
  })

  it('after other credentials were refused has as long again', async () => {
    const { peer, server, clock } = await meet(byNumber, { heartbeatTimeoutMs: 0 })
    await ask(peer, hello('7'))
    await clock.advance(25_000)
    await ask(peer, '{"cmd":"$auth","seqno":"x","data":{"auth":"x"}}')
    await clock.advance(9_999)
    expect(server.sessions.size).toBe(1)
    await clock.advance(1)
    expect(await peer.closed()).toEqual(CLOSED)
  })

  it('is dropped by one timer for all, within a tenth of a second', async () => {
    const { url, server, clock } = await meet(byNumber, { heartbeatTimeoutMs: 0 })
    for (let at = 0; at < 5; at += 1) {
      await clock.advance(10)
      await connect(url)
    }
    expect(clock.pendingTimers).toBe(1)
    await clock.advance(9_950)
    expect(server.sessions.size).toBe(5)
    await clock.advance(100)
    expect(server.sessions.size).toBe(0)
    expect(clock.pendingTimers).toBe(0)
  })
})

describe('credentials that are good for a while', () => {
  const forAMinute: Authenticate<TestApi> = (c) => {
    if (typeof c.auth !== 'number') return c.refuse('unauthenticated', 'a number, please')
    return c.accept(undefined, { expiresInMs: c.auth })
  }
  const EXPIRED = { code: 4401, reason: 'credentials expired' }
  const again = (auth: number): string => `{"cmd":"$auth","seqno":"a","data":{"auth":${auth}}}`

  it('are asked for again half a minute before they run out, then the connection closes', async () => {
    const { peer, clock, server } = await meet(forAMinute, { heartbeatTimeoutMs: 0 })
    await ask(peer, hello('3600000'))
    await clock.advance(3_569_999)
    expect(await peer.rest()).toEqual([])
    await clock.advance(1)
    expect(await peer.text()).toContain('"cmd":"$reauth"')
    await clock.advance(29_999)
    expect(server.sessions.size).toBe(1)
    await clock.advance(1)
    expect(await peer.closed()).toEqual(EXPIRED)
  })

  it('are good for as long as the newest of them', async () => {
    const { peer, clock, server } = await meet(forAMinute, { heartbeatTimeoutMs: 0 })
    await ask(peer, hello('10000'))
    await clock.advance(5_000)
    expect(await peer.text()).toContain('"cmd":"$reauth"')
    await ask(peer, again(60_000))
    await clock.advance(29_999)
    expect(server.sessions.size).toBe(1)
    expect(await peer.rest()).toEqual([])
    await clock.advance(30_001)
    expect(await peer.closed()).toEqual(EXPIRED)
  })

  it('leave no timer behind when the connection ends or others are refused', async () => {
    const { peer, clock, server } = await meet(forAMinute, { heartbeatTimeoutMs: 0, ...PATIENT })
    await ask(peer, hello('10000'))
    await ask(peer, '{"cmd":"$auth","seqno":"x","data":{"auth":"x"}}')
    expect(clock.pendingTimers).toBe(0)
    await ask(peer, again(10_000))
    peer.socket.terminate()
    await until(() => server.sessions.size === 0)
    expect(clock.pendingTimers).toBe(0)
  })

  it('of no good time fail the hook', async () => {
    const { peer, failures } = await meet(forAMinute)
    expect(await ask(peer, hello('0'))).toContain('"status":500')
    expect(failures).toMatchObject([{ kind: 'authenticate_failed', error: expect.any(RangeError) }])
  })
})

describe('what a hook sets', () => {
  const presented = (cmd: string, who: string): string =>
    `{"cmd":"${cmd}","seqno":"p","data":{"client":"c","auth":"${who}"}}`

  /** Names the client and takes it into its own room first, then decides: mallory has to wait for ever. */
  const nameFirst: Authenticate<TestApi> = async (c) => {
    const who = String(c.auth)
    c.session.set('nickname', who)
    c.session.join(`inbox of ${who}`)
    if (c.session.get('nickname') !== who || !c.session.rooms.has(`inbox of ${who}`)) throw new Error('not seen')
    if (who === 'mallory') await new Promise(() => undefined)
    if (who === 'broken') throw new Error('no database')
    return who === 'banned' ? c.refuse('unauthenticated', 'no') : c.accept(who)
  }

  const state = (server: TestServer['server']): unknown => {
    const [session] = server.sessions.values()
    return [session?.isAccepted, session?.identity, session?.get('nickname'), [...(session?.rooms ?? [])]]
  }

  it('counts with its verdict', async () => {
    const { peer, server } = await meet(nameFirst)
    await ask(peer, presented('$hello', 'alice'))
    expect(state(server)).toEqual([true, 'alice', 'alice', ['inbox of alice']])
  })

  it('does not count when it is stopped: the session stays what it was', async () => {
    const { peer, server } = await meet(nameFirst)
    await ask(peer, presented('$hello', 'alice'))
    peer.send(presented('$auth', 'mallory'))
    peer.send('{"cmd":"$cancel","seqno":"c","data":{"seqno":"p"}}')
    expect([await peer.text(), await peer.text()].join()).toContain('"status":499')
    expect(state(server)).toEqual([true, 'alice', 'alice', ['inbox of alice']])
  })

  it.each(['banned', 'broken'])('does not count when it refuses or fails (%s)', async (who) => {
    const { peer, server } = await meet(nameFirst)
    await ask(peer, presented('$hello', who))
    expect(state(server)).toEqual([false, undefined, undefined, []])
  })

  it('takes the place of all that belonged to another identity', async () => {
    const { peer, server } = await meet(nameFirst)
    await ask(peer, presented('$hello', 'alice'))
    const [session] = server.sessions.values()
    session?.set('uid', 1)
    session?.join('lobby')
    await ask(peer, presented('$auth', 'alice'))
    expect(session?.get('uid')).toBe(1)
    expect([...(session?.rooms ?? [])]).toEqual(['inbox of alice', 'lobby'])
    await ask(peer, presented('$auth', 'bob'))
    expect(session?.get('uid')).toBe(undefined)
    expect(state(server)).toEqual([true, 'bob', 'bob', ['inbox of bob']])
  })
})
