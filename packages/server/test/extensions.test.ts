import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { SERVER_NAME } from '../src/version.ts'
import { connect } from './raw-peer.ts'
import { testContract } from './test-contract.ts'
import { serve } from './test-server.ts'

const HELLO = '{"cmd":"$hello","seqno":"h","data":{"client":"wsrv-ts/0.1.0"}}'
const ok = (cmd: string, seqno: string, data = '{}'): string =>
  `{"cmd":"${cmd}","seqno":"${seqno}","status":0,"msg":"ok","data":${data}}`
const unknown = (cmd: string, seqno: string): string =>
  `{"cmd":"${cmd}","seqno":"${seqno}","status":-1,"msg":"not implement","data":{}}`

describe('$hello', () => {
  it('is answered with who serves and its limits, and names the client', async () => {
    const { url, server } = await serve({ heartbeatTimeoutMs: 0, limits: { maxMessageBytes: 5_000 } })
    const peer = await connect(url)
    const [session] = server.sessions.values()
    expect(session?.client).toBeUndefined()
    peer.send(HELLO)
    expect(await peer.text()).toBe(
      ok(
        '$hello',
        'h',
        '{"server":"wsrv-ts/0.1.0","heartbeatTimeoutMs":0,"maxMessageBytes":5000,"maxInFlight":1000,"cancel":true}',
      ),
    )
    expect(session?.client).toBe('wsrv-ts/0.1.0')
  })

  it('says which version of which package this is', async () => {
    const { default: manifest } = await import('../package.json', { with: { type: 'json' } })
    expect(SERVER_NAME).toBe(`wsrv-ts/${manifest.version}`)
  })

  it.each([
    ['the same contract', ',"contract":"ours"', undefined],
    ['no contract', '', undefined],
    ['another contract', ',"contract":"theirs"', { register: 'r1', news: 'n1' }],
  ])('from a client of %s says what differs', async (_, contract, commands) => {
    const hashes = { hash: 'ours', commands: { register: 'r1', news: 'n1' } }
    const { url } = await serve({ contract: { ...testContract, hashes } })
    const peer = await connect(url)
    peer.send(HELLO.replace('}}', `${contract}}}`))
    const { data } = JSON.parse(await peer.text())
    expect([data.contract, data.commands]).toEqual(['ours', commands])
  })

  it.each([
    ['the last release', 'v1', { register: 'breaking' }],
    ['an unknown contract', 'v0', undefined],
    ['a contract named like what every object has', '__proto__', undefined],
  ])('from a client of %s says what of it is not harmless, as far as that is known', async (_, own, changes) => {
    const hashes = { hash: 'ours', commands: { register: 'r1', news: 'n1' } }
    const changedSince = { v1: { register: 'breaking' } } as const
    const { url } = await serve({ contract: { ...testContract, hashes, changedSince } })
    const peer = await connect(url)
    peer.send(HELLO.replace('}}', `,"contract":"${own}"}}`))
    expect(JSON.parse(await peer.text()).data.changes).toEqual(changes)
  })

  it.each([
    ['{}', '/client', 'is required, got nothing'],
    ['{"client":7}', '/client', 'must be string, got 7'],
    [`{"client":"${'c'.repeat(65)}"}`, '/client', 'must not have more than 64 characters'],
    ['{"client":"c","contract":1}', '/contract', 'must be string, got 1'],
    ['[]', '', 'must be object, got an array of 0'],
  ])('with data %s is answered with 400', async (data, path, message) => {
    const { url } = await serve()
    const peer = await connect(url)
    peer.send(`{"cmd":"$hello","seqno":"h","data":${data}}`)
    const { status, data: report } = JSON.parse(await peer.text())
    expect(status).toBe(400)
    expect(report.issues[0]).toMatchObject({ path, message: expect.stringContaining(message) })
  })
})

describe('$ping', () => {
  it('is answered with {}, also while the server shuts down', async () => {
    const { url, server } = await serve({}, (fresh) => fresh.handle('anything', () => new Promise(() => {})))
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"a"}')
    peer.send('{"cmd":"$ping","seqno":"p","data":{}}')
    expect(await peer.text()).toBe(ok('$ping', 'p'))
    void server.close({ drainMs: 0 })
    peer.send('{"cmd":"$ping","seqno":"q","data":{}}')
    expect(await peer.text()).toBe(ok('$ping', 'q'))
  })

  it('passes no middleware, and is answered in its own frame type', async () => {
    const { url } = await serve({}, (server) => server.use((c) => c.abort(1_000, 'no')))
    const peer = await connect(url)
    peer.send(Buffer.from('{"cmd":"$ping","seqno":"p"}'))
    expect(await peer.frame()).toEqual({ text: ok('$ping', 'p'), isBinary: true })
  })
})

describe('$cancel', () => {
  it('stops the request: its signal aborts, it is answered with 499 once, its late answer is dropped', async () => {
    const reasons: unknown[] = []
    const ended: unknown[] = []
    const observer = {
      requestEnded: ({ cmd, status }: object & { cmd: string; status: number }) => ended.push([cmd, status]),
    }
    const { url } = await serve({ observer }, (server) => {
      server.use(async (c, next) => {
        await next()
        if (c.cmd === 'anything') reasons.push(c.status)
      })
      server.handle('anything', async (c) => {
        await new Promise<void>((resolve) => c.signal.addEventListener('abort', () => resolve()))
        reasons.push(c.signal.reason.code, String(c.signal.reason))
        return 'late'
      })
    })
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"a"}')
    peer.send('{"cmd":"$cancel","seqno":"c","data":{"seqno":"a"}}')
    expect(await peer.text()).toBe('{"cmd":"anything","seqno":"a","status":499,"msg":"cancelled","data":{}}')
    expect(await peer.text()).toBe(ok('$cancel', 'c'))
    expect(await peer.rest()).toEqual([])
    expect(reasons).toEqual(['cancelled', 'CommandError: [cancelled] anything: the caller gave it up', 499])
    expect(ended).toEqual([
      ['anything', 499],
      ['$cancel', 0],
    ])
  })

  it('is no failure of a handler that takes it by throwing', async () => {
    const { url, failures } = await serve({}, (server) => {
      server.handle('anything', async (c) => {
        await setTimeout(60_000, undefined, { signal: c.signal })
        return 'late'
      })
      server.handle(
        'quick',
        (c) => new Promise((_, reject) => c.signal.addEventListener('abort', () => reject(c.signal.reason))),
      )
    })
    const peer = await connect(url)
    for (const cmd of ['anything', 'quick']) {
      peer.send(`{"cmd":"${cmd}","seqno":"a"}`)
      peer.send('{"cmd":"$cancel","seqno":"c","data":{"seqno":"a"}}')
      expect(await peer.text()).toContain('"status":499')
      expect(await peer.text()).toBe(ok('$cancel', 'c'))
    }
    expect(await peer.rest()).toEqual([])
    expect(failures).toEqual([])
  })

  it('frees the seqno, and lets nothing run that had not begun', async () => {
    let runs = 0
    const release: (() => void)[] = []
    const { url } = await serve({}, (server) => {
      server.use(async (_, next) => {
        await new Promise<void>((resolve) => release.push(resolve))
        await next()
      })
      server.handle('anything', () => {
        runs += 1
        return runs
      })
    })
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"a"}')
    peer.send('{"cmd":"$cancel","seqno":"c","data":{"seqno":"a"}}')
    peer.send('{"cmd":"anything","seqno":"a"}')
    await peer.settled()
    for (const one of release) one()
    expect(await peer.text()).toContain('"status":499')
    expect(await peer.text()).toContain('$cancel')
    expect(await peer.text()).toBe(ok('anything', 'a', '1'))
  })

  it.each(['never-sent', 'c'])('of %s is harmless', async (seqno) => {
    const { url } = await serve()
    const peer = await connect(url)
    peer.send(`{"cmd":"$cancel","seqno":"c","data":{"seqno":"${seqno}"}}`)
    expect(await peer.text()).toContain('"cmd":"$cancel","seqno":"c"')
    expect(await peer.rest()).toEqual([])
  })

  it.each(['{}', '{"seqno":7}', '{"seqno":""}', 'null'])('with data %s is answered with 400', async (data) => {
    const { url } = await serve()
    const peer = await connect(url)
    peer.send(`{"cmd":"$cancel","seqno":"c","data":${data}}`)
    expect(await peer.text()).toContain('"status":400')
  })

  it('is served when as many requests are in flight as may be', async () => {
    const { url } = await serve({ limits: { maxInFlight: 1 } }, (server) =>
      server.handle('anything', () => new Promise(() => {})),
    )
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"a"}')
    peer.send('{"cmd":"$cancel","seqno":"c","data":{"seqno":"a"}}')
    expect(await peer.text()).toContain('"status":499')
    expect(await peer.text()).toBe(ok('$cancel', 'c'))
  })

  it('harms nobody when what it sets off closes the session', async () => {
    const { url, server, failures } = await serve({}, (fresh) =>
      fresh.handle('anything', (c) => {
        c.signal.addEventListener('abort', () => c.session.close())
        return new Promise(() => {})
      }),
    )
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"a"}')
    peer.send('{"cmd":"$cancel","seqno":"c","data":{"seqno":"a"}}')
    expect(await peer.text()).toContain('"status":499')
    expect((await peer.closed()).code).toBe(1000)
    await server.close()
    expect(failures).toEqual([])
  })
})

describe('timeoutMs', () => {
  const never = (timeoutMs: string): string => `{"cmd":"quick","seqno":"a","data":{},"timeoutMs":${timeoutMs}}`

  it.each([
    ['50', 50],
    ['999', 999],
    ['60000', 1_000],
    ['0', 1_000],
    ['-5', 1_000],
    ['0.5', 1_000],
    ['1e400', 1_000],
    ['"50"', 1_000],
    ['null', 1_000],
  ])('%s ends the request after %d ms where the server’s own limit is 1,000', async (sent, endsAfterMs) => {
    const { url, clock } = await serve({}, (server) => server.handle('quick', () => new Promise(() => {})))
    const peer = await connect(url)
    peer.send(never(sent))
    await peer.settled()
    await clock.advance(endsAfterMs - 1)
    expect(await peer.rest()).toEqual([])
    await clock.advance(1)
    expect(await peer.text()).toBe('{"cmd":"quick","seqno":"a","status":408,"msg":"timeout","data":{}}')
  })
})

describe('a server without extensions', () => {
  it('answers -1 to every reserved command and hears no timeoutMs', async () => {
    const { url, clock, server } = await serve({ extensions: false }, (fresh) =>
      fresh.handle('quick', () => new Promise(() => {})),
    )
    const peer = await connect(url)
    for (const cmd of ['$hello', '$auth', '$ping', '$cancel', '$nope']) {
      peer.send(`{"cmd":"${cmd}","seqno":"a","data":{}}`)
      expect(await peer.text()).toBe(unknown(cmd, 'a'))
    }
    peer.send('{"cmd":"quick","seqno":"a","data":{},"timeoutMs":50}')
    await peer.settled()
    await clock.advance(50)
    expect([...server.sessions.values()].map((session) => session.requestAuth())).toEqual([false])
    expect(await peer.rest()).toEqual([])
  })
})
