import { until } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { connect, type RawPeer } from './raw-peer.ts'
import { testContract } from './test-contract.ts'
import { serve } from './test-server.ts'

const statuses = async (peer: RawPeer): Promise<number[]> =>
  (await peer.rest()).map((text) => JSON.parse(text).status as number)

const ask = async (peer: RawPeer, message: string): Promise<number> => {
  peer.send(message)
  return JSON.parse(await peer.text()).status
}

const request = (seqno: string, more = ''): string => `{"cmd":"anything","seqno":"${seqno}","data":{}${more}}`
const cancel = (seqno: string): string => `{"cmd":"$cancel","seqno":"c${seqno}","data":{"seqno":"${seqno}"}}`
const hello = (seqno: string): string => `{"cmd":"$hello","seqno":"${seqno}","data":{"client":"c","auth":1}}`

/** Work that goes on until it is released, whatever its signal says. */
function stubbornWork(): { readonly run: () => Promise<void>; readonly release: () => void; started: number } {
  const releases: (() => void)[] = []
  const work = {
    started: 0,
    run: () => {
      work.started += 1
      return new Promise<void>((resolve) => releases.push(resolve))
    },
    release: () => {
      for (const release of releases.splice(0)) release()
    },
  }
  return work
}

describe('a slot for a request', () => {
  it('is free when the work has ended, not when its caller gave up', async () => {
    const work = stubbornWork()
    const { url } = await serve({ limits: { maxInFlight: 2 } }, (server) => server.handle('anything', work.run))
    const peer = await connect(url)
    for (let n = 0; n < 50; n += 1) for (const message of [request(`${n}`), cancel(`${n}`)]) peer.send(message)
    const answered = await statuses(peer)
    expect(work.started).toBe(2)
    expect(answered.filter((status) => status === 499)).toHaveLength(2)
    expect(answered.filter((status) => status === 429)).toHaveLength(48)
    work.release()
    await peer.settled()
    peer.send(request('again'))
    await until(() => work.started === 3)
    work.release()
  })

  it('is free when the work has ended, not when its time is up', async () => {
    const work = stubbornWork()
    const { url, clock } = await serve({ limits: { maxInFlight: 2 } }, (server) => server.handle('anything', work.run))
    const peer = await connect(url)
    for (let n = 0; n < 10; n += 1) {
      peer.send(request(`${n}`, ',"timeoutMs":1'))
      await peer.settled()
      await clock.advance(1)
    }
    expect(work.started).toBe(2)
    work.release()
  })
})

describe('an authenticate hook', () => {
  it('runs once at a time on a connection, though it was given up', async () => {
    const work = stubbornWork()
    const { url } = await serve({
      authenticate: async (c) => {
        await work.run()
        return c.accept()
      },
    })
    const peer = await connect(url)
    for (const message of [hello('0'), cancel('0')]) peer.send(message)
    expect(await statuses(peer)).toEqual([499, 0])
    for (let n = 1; n < 5; n += 1) expect(await ask(peer, hello(`${n}`))).toBe(429)
    expect(work.started).toBe(1)
    work.release()
    await peer.settled()
    peer.send(hello('again'))
    await until(() => work.started === 2)
    work.release()
    expect(JSON.parse(await peer.text())).toMatchObject({ cmd: '$hello', status: 0 })
  })

  it('is asked six times in a row for nothing, then the connection closes with 4401', async () => {
    let asked = 0
    const { url } = await serve({
      authenticate: (c) => {
        asked += 1
        return c.refuse('unauthenticated', 'no')
      },
    })
    const peer = await connect(url)
    for (let n = 0; n < 6; n += 1) expect(await ask(peer, hello(`${n}`))).toBe(401)
    expect(await peer.closed()).toEqual({ code: 4401, reason: 'credentials failed too often' })
    expect(asked).toBe(6)
  })

  it('that accepts starts the count again: a token that expires every hour closes nothing', async () => {
    let isGood = false
    const { url } = await serve({
      authenticate: (c) => {
        isGood = !isGood
        return isGood ? c.accept() : c.refuse('unauthenticated', 'expired')
      },
    })
    const peer = await connect(url)
    for (let n = 0; n < 20; n += 1) expect(await ask(peer, hello(`${n}`))).toBe(n % 2 === 0 ? 0 : 401)
    expect(peer.socket.readyState).toBe(peer.socket.OPEN)
  })
})

describe('credit', () => {
  it('is spent by commands before the credentials, and by presenting them again', async () => {
    const { url } = await serve({
      limits: { maxRequestsPerSecond: 25, maxAuthRefusals: Infinity },
      authenticate: (c) => c.refuse('unauthenticated', 'no'),
    })
    const peer = await connect(url)
    for (let n = 0; n < 30; n += 1) peer.send(request(`${n}`))
    expect((await statuses(peer)).filter((status) => status === 401)).toHaveLength(25)
    const other = await connect(url)
    // The first is free, each of the others counts ten.
    for (const status of [401, 401, 401, 429, 429]) expect(await ask(other, hello('h'))).toBe(status)
  })

  it('is spent by data that does not match, the more the longer it took to say where', async () => {
    const { url } = await serve({ limits: { maxRequestsPerSecond: 100 } }, (server) =>
      server.handle('register', () => ({ name: 'a' })),
    )
    const refusals = async (tags: number): Promise<number> => {
      const peer = await connect(url)
      const data = `{"uid":0,"tags":[${'"a",'.repeat(tags)}"a"]}`
      for (let n = 0; n < 50; n += 1) peer.send(`{"cmd":"register","seqno":"a","data":${data}}`)
      return (await statuses(peer)).filter((status) => status === 400).length
    }
    expect(await refusals(1)).toBe(20)
    expect(await refusals(2_000)).toBe(1)
  })
})

describe('a session over its rate', () => {
  it('is answered a while, then left unread until it has credit again; others are served', async () => {
    const { url, clock } = await serve({ limits: { maxRequestsPerSecond: 1 } }, (server) =>
      server.handle('anything', () => 'done'),
    )
    const [peer, other] = [await connect(url), await connect(url)]
    let answers = 0
    peer.socket.on('message', () => {
      answers += 1
    })
    const padded = request('a', `,"x":"${'x'.repeat(1_000)}"`)
    for (let n = 0; n < 5_000; n += 1) peer.send(padded)
    await until(() => answers > 100)
    other.send(request('b'))
    expect(await other.text()).toContain('"status":0')
    await other.settled()
    const before = answers
    // What was read in one piece with the message that was one too many is answered, too.
    expect(before).toBeLessThan(500)
    await clock.advance(1_000)
    await until(() => answers > before + 100)
    expect(answers).toBeLessThan(2 * 500)
  })

  it('may leave while it is unread, and leaves nothing behind', async () => {
    const { url, server, clock } = await serve({ limits: { maxRequestsPerSecond: 1 } })
    const peer = await connect(url)
    for (let n = 0; n < 500; n += 1) peer.send('{"cmd":"$ping","seqno":"p"}')
    peer.socket.close()
    await until(() => peer.socket.bufferedAmount === 0)
    for (let turn = 0; turn < 3 && server.sessions.size > 0; turn += 1) await clock.advance(1_000)
    await until(() => server.sessions.size === 0)
  })
})

describe('$hello', () => {
  it('lists what differs once per connection', async () => {
    const contract = { ...testContract, hashes: { hash: 'c1', commands: { anything: 'a1' } } }
    const { url } = await serve({ contract })
    const peer = await connect(url)
    const meet = async (): Promise<unknown> => {
      peer.send('{"cmd":"$hello","seqno":"h","data":{"client":"c","contract":"c0"}}')
      return JSON.parse(await peer.text()).data
    }
    expect(await meet()).toMatchObject({ contract: 'c1', commands: { anything: 'a1' } })
    expect(await meet()).not.toHaveProperty('commands')
  })
})
