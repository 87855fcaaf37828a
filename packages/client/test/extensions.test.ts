import type { ContractMismatch } from '@wsrv/client'
import { describe, expect, it } from 'vitest'
import { CLIENT_NAME } from '../src/version.ts'
import { answerHello, openStage, push, reply, type Stage } from './stage.ts'

const HELLO = '{"cmd":"$hello","seqno":"aaaaaa-0001","data":{"client":"wsrv-ts/0.1.0"}}'
const UNKNOWN = (cmd: string, seqno: string) =>
  `{"cmd":"${cmd}","seqno":"${seqno}","status":-1,"msg":"not implement","data":{}}`
const SERVER = '{"server":"x","heartbeatTimeoutMs":30000,"maxMessageBytes":1048576,"cancel":true}'

const echo = { cmd: 'echo' }

/** A stage whose server answered `$hello`. */
async function greetedStage(hello = SERVER, options: Parameters<typeof openStage>[0] = {}): Promise<Stage> {
  const stage = await openStage({ extensions: true, ...options })
  stage.peer.take()
  stage.peer.send(reply('$hello', 'aaaaaa-0001', hello))
  await stage.settle()
  return stage
}

describe('$hello', () => {
  it('is the first request of each connection; the others wait for its answer, and the client is open only then', async () => {
    const stage = await openStage({ extensions: true, timeoutMs: 5_000 })
    stage.client.call({ ...echo, idempotent: true }, {}).catch(() => {})
    for (const seqno of ['0001', '0003']) {
      expect([stage.client.state, stage.peer.take()]).toEqual(['connecting', [HELLO.replace('0001', seqno)]])
      stage.peer.send(reply('$hello', `aaaaaa-${seqno}`))
      await stage.settle()
      expect([stage.client.state, stage.peer.take()]).toEqual([
        'open',
        ['{"cmd":"echo","seqno":"aaaaaa-0002","data":{},"timeoutMs":5000}'],
      ])
      stage.peer.drop()
      await stage.settle()
    }
  })

  it('says which version of which package this is', async () => {
    const { default: manifest } = await import('../package.json', { with: { type: 'json' } })
    expect(CLIENT_NAME).toBe(`wsrv-ts/${manifest.version}`)
  })

  it.each([
    ['-1', UNKNOWN('$hello', 'aaaaaa-0001')],
    ['nonsense', reply('$hello', 'aaaaaa-0001', 'null')],
    ['nonsense', reply('$hello', 'aaaaaa-0001', '{"heartbeatTimeoutMs":"x","cancel":1,"commands":[]}')],
    [
      'absurd numbers',
      reply('$hello', 'aaaaaa-0001', '{"heartbeatTimeoutMs":1e-9,"maxMessageBytes":-1,"maxInFlight":0}'),
    ],
    ['500', '{"cmd":"$hello","seqno":"aaaaaa-0001","status":500,"msg":"no","data":{}}'],
  ])('answered with %s is accepted silently', async (_, answer) => {
    const { client, peer, settle, problems } = await openStage({ extensions: true })
    peer.send(answer)
    await settle()
    const call = client.call(echo, {})
    peer.send(reply('echo', 'aaaaaa-0002', '1'))
    await expect(call).resolves.toBe(1)
    expect([client.state, problems]).toEqual(['open', []])
  })

  it('answered while the client is being closed leaves nothing behind', async () => {
    const { client, peer, settle } = await openStage({ extensions: true })
    client.on('tick', () => client.close())
    peer.send(reply('$hello', 'aaaaaa-0001', '{"heartbeatTimeoutMs":6000}'))
    peer.send(push('tick', '1'))
    await settle()
    expect(client.state).toBe('closed')
  })

  it('may take as long as an attempt to connect, whatever calls may take', async () => {
    const { client, clock, peer } = await openStage({ extensions: true, timeoutMs: 10 })
    await clock.advance(100)
    peer.send(reply('$hello', 'aaaaaa-0001', SERVER))
    await clock.advance(0)
    expect(client.roundTripMs).toBe(100)
  })

  it('is not said with extensions: false', async () => {
    const { peer } = await openStage({ extensions: false })
    expect(peer.take()).toEqual([])
  })

  it('teaches the client the server’s heartbeat limit', async () => {
    const { clock, peer } = await greetedStage('{"heartbeatTimeoutMs":6000}')
    await clock.advance(2_000)
    expect(peer.take()).toEqual(['{"cmd":"$ping","seqno":"aaaaaa-0002","data":{}}'])
  })

  it('teaches the client what is too large to send', async () => {
    const { client, peer } = await greetedStage('{"maxMessageBytes":100}')
    await expect(client.call(echo, 'x'.repeat(100))).rejects.toMatchObject({ code: 'too_large', status: undefined })
    expect(peer.take()).toEqual([])
  })
})

describe('a contract mismatch', () => {
  const contract = { hash: 'ours', commands: { same: '1', changed: '2', missing: '3' } }

  async function mismatches(hello: string, options: object = { contract }): Promise<ContractMismatch[]> {
    const stage = await openStage({ extensions: true, ...options })
    const heard: ContractMismatch[] = []
    stage.client.onContractMismatch((mismatch) => heard.push(mismatch))
    stage.peer.send(reply('$hello', 'aaaaaa-0001', hello))
    await stage.settle()
    return heard
  }

  it('says what the server does not have, or has otherwise', async () => {
    expect(await mismatches('{"contract":"theirs","commands":{"same":"1","changed":"x","new":"4"}}')).toEqual([
      { client: 'ours', server: 'theirs', differing: ['changed', 'missing'] },
    ])
  })

  it.each([
    [
      'names which of it breaks the client',
      '{"changed":"breaking","new":"breaking","missing":"review"}',
      { changed: 'breaking', missing: 'review' },
    ],
    ['says that all of it is harmless', '{}', {}],
    ['does not believe nonsense', 'null', undefined],
  ])('%s, where the server knows the client’s contract', async (_, changes, expected) => {
    const [mismatch] = await mismatches(`{"contract":"theirs","commands":{"same":"1"},"changes":${changes}}`)
    expect(mismatch?.changes).toEqual(expected)
  })

  it.each([
    ['the hashes are the same', '{"contract":"ours"}', { contract }],
    ['the server has none', '{}', { contract }],
    ['the client has none', '{"contract":"theirs"}', {}],
  ])('is none when %s', async (_, hello, options) => {
    expect(await mismatches(hello, options)).toEqual([])
  })

  it('sends the client’s hash in $hello', async () => {
    const { peer } = await openStage({ extensions: true, contract })
    expect(peer.take()).toEqual([HELLO.replace('}}', ',"contract":"ours"}}')])
  })
})

describe('a deadline', () => {
  it('travels as what is left of it when the request leaves', async () => {
    const stage = await greetedStage(SERVER, { random: () => 0.5 })
    stage.peer.drop()
    await stage.settle()
    stage.client.call(echo, {}, { timeoutMs: 5_000 }).catch(() => {})
    await stage.clock.advance(499.5)
    await stage.clock.advance(0.5)
    await answerHello(stage)
    expect(stage.peer.takeOne()).toContain('"data":{},"timeoutMs":4500}')
  })

  it('without end travels as the longest that timers know', async () => {
    const { client, peer } = await greetedStage()
    client.call(echo, {}, { timeoutMs: Infinity }).catch(() => {})
    expect(peer.takeOne()).toBe('{"cmd":"echo","seqno":"aaaaaa-0002","data":{},"timeoutMs":2147483647}')
  })
})

describe('$cancel', () => {
  const CANCEL = '{"cmd":"$cancel","seqno":"aaaaaa-0003","data":{"seqno":"aaaaaa-0002"}}'

  it('is sent when a signal fires; the late reply is dropped', async () => {
    const { client, peer, settle, problems } = await greetedStage()
    const controller = new AbortController()
    const call = client.call(echo, {}, { signal: controller.signal })
    peer.take()
    controller.abort('enough')
    await expect(call).rejects.toBe('enough')
    expect(peer.take()).toEqual([CANCEL])
    peer.send(reply('$cancel', 'aaaaaa-0003'))
    peer.send('{"cmd":"echo","seqno":"aaaaaa-0002","status":499,"msg":"cancelled","data":{}}')
    await settle()
    expect(problems.map(({ kind }) => kind)).toEqual(['unexpected_message'])
  })

  it('is sent when a deadline passes', async () => {
    const { client, peer, clock } = await greetedStage()
    client.call(echo, {}, { timeoutMs: 100 }).catch(() => {})
    peer.take()
    await clock.advance(100)
    expect(peer.take()).toEqual([CANCEL])
  })

  it.each([
    ['does not know it', '{"cancel":false}'],
    ['said nothing', 'null'],
  ])('is not sent to a server that %s', async (_, hello) => {
    const { client, peer, clock } = await greetedStage(hello)
    client.call(echo, {}, { timeoutMs: 100 }).catch(() => {})
    peer.take()
    await clock.advance(100)
    expect(peer.take()).toEqual([])
  })

  it('is not sent for a call that never left', async () => {
    const stage = await greetedStage(SERVER, { random: () => 0.5 })
    const controller = new AbortController()
    stage.peer.drop()
    await stage.settle()
    stage.client.call(echo, {}, { signal: controller.signal }).catch(() => {})
    controller.abort()
    await stage.clock.advance(500)
    expect(stage.peer.take().map(String)).toEqual([expect.stringContaining('$hello')])
  })
})

describe('$ping', () => {
  it.each([
    ['its reply', reply('$ping', 'aaaaaa-0002')],
    ['-1', UNKNOWN('$ping', 'aaaaaa-0002')],
    ['any push', push('tick', '1')],
  ])('is answered by %s: the link lives', async (_, answer) => {
    const { client, peer, clock } = await greetedStage()
    await clock.advance(10_000)
    expect(peer.take()).toEqual(['{"cmd":"$ping","seqno":"aaaaaa-0002","data":{}}'])
    peer.send(answer)
    await clock.advance(10_000)
    expect(client.state).toBe('open')
  })

  it('that nothing answers ends the connection, and another is made', async () => {
    const { client, clock, transport } = await greetedStage()
    const reasons: unknown[] = []
    client.onState((_, { close }) => close && reasons.push(close))
    await clock.advance(20_000)
    expect(reasons).toEqual([{ code: 1006, reason: 'half open' }])
    expect(transport.peers.map(({ state }) => state)).toEqual(['closed', 'open'])
  })

  it('measures the round trip, -1 or not', async () => {
    const { client, peer, clock } = await openStage({ extensions: true })
    expect(client.roundTripMs).toBeUndefined()
    await clock.advance(30)
    peer.send(UNKNOWN('$hello', 'aaaaaa-0001'))
    await clock.advance(0)
    expect(client.roundTripMs).toBe(30)
    await clock.advance(10_000)
    await clock.advance(20)
    peer.send(reply('$ping', 'aaaaaa-0002'))
    await clock.advance(0)
    expect(client.roundTripMs).toBe(20)
  })
})
