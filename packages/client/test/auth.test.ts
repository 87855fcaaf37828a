import { describe, expect, it } from 'vitest'
import { createStage, push, reply, type Stage } from './stage.ts'

const whoami = { cmd: 'whoami' }

/** A client whose auth function hands out `t1`, `t2` and on, connected and not yet greeted. */
async function authStage(auth?: () => unknown): Promise<Stage> {
  let count = 0
  const stage = createStage({ extensions: true, auth: auth ?? (() => Promise.resolve(`t${++count}`)) })
  await stage.settle()
  return stage
}

function hello(seqno: string, auth: string): string {
  return `{"cmd":"$hello","seqno":"${seqno}","data":{"client":"wsrv-ts/0.1.0","auth":"${auth}"}}`
}

function refusal(cmd: string, seqno: string, status: number, key = ''): string {
  return `{"cmd":"${cmd}","seqno":"${seqno}","status":${status},"msg":"no","data":{}${key}}`
}

/** A refusal of the server's door: no handler has run. */
function notRun(cmd: string, seqno: string, status: number): string {
  return refusal(cmd, seqno, status, ',"notRun":true')
}

describe('credentials', () => {
  it('go in $hello, and calls wait for its answer', async () => {
    const { client, peer, settle } = await authStage()
    client.call(whoami, {}).catch(() => {})
    expect([client.state, peer.take()]).toEqual(['connecting', [hello('aaaaaa-0001', 't1')]])
    peer.send(reply('$hello', 'aaaaaa-0001'))
    await settle()
    expect([client.state, peer.take()]).toEqual([
      'open',
      ['{"cmd":"whoami","seqno":"aaaaaa-0002","data":{},"timeoutMs":10000}'],
    ])
  })

  it('may be fixed', async () => {
    const { transport, settle } = createStage({ extensions: true, auth: 'secret' })
    await settle()
    expect(transport.peer.take()).toEqual([hello('aaaaaa-0001', 'secret')])
  })

  it('are asked for at each attempt', async () => {
    const { peer, transport, settle } = await authStage()
    peer.drop()
    await settle()
    expect(transport.peer.take()).toEqual([hello('aaaaaa-0002', 't2')])
  })

  it('are of no use to a server without extensions', async () => {
    const { client, peer, settle } = await authStage()
    peer.send(refusal('$hello', 'aaaaaa-0001', -1))
    await settle()
    expect(client.state).toBe('open')
  })

  it('that are refused are renewed once, on the same connection', async () => {
    const { client, peer, settle } = await authStage()
    peer.take()
    peer.send(refusal('$hello', 'aaaaaa-0001', 401))
    await settle()
    expect(peer.take()).toEqual([hello('aaaaaa-0002', 't2')])
    peer.send(reply('$hello', 'aaaaaa-0002'))
    await settle()
    expect(client.state).toBe('open')
  })

  it.each([
    ['refused twice', [401, 401], 'unauthenticated'],
    ['forbidden', [403], 'forbidden'],
  ])('that are %s close the client, and calls say so', async (_, statuses, code) => {
    const { client, peer, settle } = await authStage()
    const call = client.call(whoami, {})
    call.catch(() => {})
    for (const status of statuses) {
      const { seqno } = JSON.parse(String(peer.take().at(-1)))
      peer.send(refusal('$hello', seqno, status))
      await settle()
    }
    expect(client.state).toBe('closed')
    await expect(call).rejects.toMatchObject({ cmd: 'whoami', code, cause: { cmd: '$hello', code } })
    await expect(client.call(whoami, {})).rejects.toMatchObject({ code })
  })

  it('that a failing server could not check are presented again later', async () => {
    const { client, peer, transport, settle } = await authStage()
    peer.send(refusal('$hello', 'aaaaaa-0001', 503))
    await settle()
    expect([client.state, transport.peers.length]).toEqual(['connecting', 2])
  })

  it('that a server never answers to are presented again later', async () => {
    const { client, clock, transport } = await authStage()
    await clock.advance(10_000)
    expect([client.state, transport.peers.length]).toEqual(['connecting', 2])
  })

  it('whose function fails are reported and asked for again later', async () => {
    const auths = [Promise.reject(new Error('offline')), Promise.resolve('t2')]
    const { transport, problems, settle } = await authStage(() => auths.shift())
    await settle()
    expect(transport.peer.take()).toEqual([hello('aaaaaa-0001', 't2')])
    expect(problems).toEqual([{ kind: 'auth_failed', error: new Error('offline') }])
  })

  it('that come after their connection was lost are presented on the next, whose attempt waited for them too', async () => {
    const grants: ((token: string) => void)[] = []
    const { peer, transport, settle } = await authStage(() => new Promise((resolve) => grants.push(resolve)))
    peer.drop()
    await settle()
    expect([transport.peers.length, grants.length]).toEqual([2, 1])
    grants[0]?.('slow')
    await settle()
    expect(transport.peers.map((each) => each.take())).toEqual([[], [hello('aaaaaa-0001', 'slow')]])
  })

  it('that are never given are asked for again after 30 s', async () => {
    let count = 0
    const { transport, clock } = await authStage(() => (++count === 1 ? new Promise(() => {}) : 'good'))
    await clock.advance(29_999)
    expect([transport.peers.length, count]).toEqual([3, 1])
    await clock.advance(1)
    expect(transport.peer.take()).toEqual([hello('aaaaaa-0001', 'good')])
  })

  it('whose function calls the client itself fail with that call, which says what it waited for', async () => {
    const stage = createStage({ extensions: true, auth: () => stage.client.call(whoami, {}, { timeoutMs: 5_000 }) })
    await stage.clock.advance(5_000)
    expect(stage.problems[0]).toMatchObject({
      kind: 'auth_failed',
      error: { code: 'timeout', msg: 'not sent within 5000 ms: $hello has not finished' },
    })
  })

  it('may be slower than any attempt', async () => {
    const grants: ((token: string) => void)[] = []
    const { transport, clock, settle } = await authStage(() => new Promise((resolve) => grants.push(resolve)))
    await clock.advance(25_000)
    grants[0]?.('slow')
    await settle()
    expect([transport.peers.length, transport.peer.take()]).toEqual([3, [hello('aaaaaa-0001', 'slow')]])
  })
})

describe('fresh credentials', () => {
  async function openAuthStage(): Promise<Stage> {
    const stage = await authStage()
    stage.peer.send(reply('$hello', 'aaaaaa-0001'))
    await stage.settle()
    stage.peer.take()
    return stage
  }

  const AUTH = '{"cmd":"$auth","seqno":"aaaaaa-0002","data":{"auth":"t2"}}'

  it('are presented by refreshAuth(), several at a time as one', async () => {
    const { client, peer, settle } = await openAuthStage()
    const refreshes = Promise.all([client.refreshAuth(), client.refreshAuth()])
    await settle()
    expect(peer.take()).toEqual([AUTH])
    peer.send(reply('$auth', 'aaaaaa-0002'))
    await expect(refreshes).resolves.toEqual([undefined, undefined])
  })

  it('that are refused reject refreshAuth()', async () => {
    const { client, peer, settle } = await openAuthStage()
    const refresh = client.refreshAuth()
    await settle()
    peer.send(refusal('$auth', 'aaaaaa-0002', 403))
    await expect(refresh).rejects.toMatchObject({ code: 'forbidden', cmd: '$auth' })
    expect(client.state).toBe('open')
  })

  it('are presented when the server asks by $reauth', async () => {
    const { peer, settle, problems } = await openAuthStage()
    peer.send(push('$reauth', '{}'))
    await settle()
    expect(peer.take()).toEqual([AUTH])
    peer.send(refusal('$auth', 'aaaaaa-0002', 401))
    await settle()
    expect(problems).toEqual([{ kind: 'auth_failed', error: expect.objectContaining({ code: 'unauthenticated' }) }])
  })

  it('do not send a call again that a handler refused: it may have run', async () => {
    const { client, peer, settle } = await openAuthStage()
    const call = client.call(whoami, {})
    peer.take()
    peer.send(refusal('whoami', 'aaaaaa-0002', 401))
    await expect(call).rejects.toMatchObject({ code: 'unauthenticated', cmd: 'whoami' })
    await settle()
    expect(peer.take()).toEqual([])
  })

  it('let a call that was unauthenticated leave again, once', async () => {
    const { client, peer, settle } = await openAuthStage()
    const call = client.call(whoami, {})
    peer.take()
    peer.send(notRun('whoami', 'aaaaaa-0002', 401))
    await settle()
    expect(peer.take()).toEqual([AUTH.replace('0002', '0003')])
    peer.send(reply('$auth', 'aaaaaa-0003'))
    await settle()
    expect(peer.take()).toEqual(['{"cmd":"whoami","seqno":"aaaaaa-0002","data":{},"timeoutMs":10000}'])
    peer.send(notRun('whoami', 'aaaaaa-0002', 401))
    await expect(call).rejects.toMatchObject({ code: 'unauthenticated', cmd: 'whoami' })
  })

  it('that are refused leave the call its own error', async () => {
    const { client, peer, settle } = await openAuthStage()
    const call = client.call(whoami, {})
    peer.send(notRun('whoami', 'aaaaaa-0002', 401))
    await settle()
    peer.send(refusal('$auth', 'aaaaaa-0003', 401))
    await expect(call).rejects.toMatchObject({ code: 'unauthenticated', cmd: 'whoami', seqno: 'aaaaaa-0002' })
  })

  it('come with the next connection when this one is lost meanwhile', async () => {
    const { client, peer, transport, settle } = await openAuthStage()
    const call = client.call(whoami, {})
    peer.send(notRun('whoami', 'aaaaaa-0002', 401))
    await settle()
    peer.drop()
    await settle()
    await settle()
    const { seqno } = JSON.parse(String(transport.peer.takeOne()))
    transport.peer.send(reply('$hello', seqno))
    await settle()
    transport.peer.send(reply('whoami', 'aaaaaa-0002', '"me"'))
    await expect(call).resolves.toBe('me')
  })

  it('do not help a call that is forbidden', async () => {
    const { client, peer } = await openAuthStage()
    const call = client.call(whoami, {})
    peer.send(refusal('whoami', 'aaaaaa-0002', 403))
    await expect(call).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('are not asked for by a client that has none', async () => {
    const { client, transport, settle } = createStage({ extensions: true })
    await settle()
    transport.peer.send(reply('$hello', 'aaaaaa-0001'))
    await settle()
    await client.refreshAuth()
    const call = client.call(whoami, {})
    transport.peer.send(notRun('whoami', 'aaaaaa-0002', 401))
    await expect(call).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(transport.peer.take()).toHaveLength(2)
  })
})
