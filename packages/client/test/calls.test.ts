import { getEventListeners } from 'node:events'
import { CommandError } from '@wsrv/client'
import { describe, expect, it } from 'vitest'
import { createStage, openStage, reply } from './stage.ts'

const echo = { cmd: 'echo' }
const register = { cmd: 'register', errors: [[1001, 'uid_taken']] } as const

describe('a call', () => {
  it('sends its request as one frame, keys in the order of the protocol', async () => {
    const { client, peer } = await openStage()
    void client.call(register, { uid: 1001 }).catch(() => {})
    expect(peer.takeOne()).toBe('{"cmd":"register","seqno":"aaaaaa-0001","data":{"uid":1001}}')
  })

  it('sends empty data as {}', async () => {
    const { client, peer } = await openStage()
    void client.call(echo, undefined).catch(() => {})
    expect(peer.takeOne()).toBe('{"cmd":"echo","seqno":"aaaaaa-0001","data":{}}')
  })

  it('sends UTF-8 bytes when the message type is binary', async () => {
    const { client, peer } = await openStage({ messageType: 'binary' })
    void client.call(echo, { text: 'é' }).catch(() => {})
    expect(peer.takeOne()).toEqual(new TextEncoder().encode('{"cmd":"echo","seqno":"aaaaaa-0001","data":{"text":"é"}}'))
  })

  it.each(['text', 'binary'])('resolves with the data of its reply in a %s frame', async (type) => {
    const { client, peer } = await openStage()
    const call = client.call(echo, {})
    const frame = reply('echo', 'aaaaaa-0001', '{"text":"é"}')
    peer.send(type === 'text' ? frame : new TextEncoder().encode(frame))
    await expect(call).resolves.toEqual({ text: 'é' })
  })

  it('resolves with null when the handler gave null', async () => {
    const { client, peer } = await openStage()
    const call = client.call(echo, {})
    peer.send(reply('echo', 'aaaaaa-0001', 'null'))
    await expect(call).resolves.toBeNull()
  })

  it('is told from others by its seqno, whatever the order of the replies', async () => {
    const { client, peer } = await openStage()
    const calls = Promise.all([client.call(echo, {}), client.call(echo, {})])
    peer.send(reply('echo', 'aaaaaa-0002', '2'))
    peer.send(reply('echo', 'aaaaaa-0001', '1'))
    await expect(calls).resolves.toEqual([1, 2])
  })

  it('rejects with the contract’s name and data of its status', async () => {
    const { client, peer } = await openStage()
    const call = client.call(register, { uid: 7 })
    peer.send('{"cmd":"register","seqno":"aaaaaa-0001","status":1001,"msg":"taken","data":{"uid":7}}')
    const error = await call.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(CommandError)
    expect(error).toMatchObject({
      cmd: 'register',
      seqno: 'aaaaaa-0001',
      status: 1001,
      code: 'uid_taken',
      msg: 'taken',
      data: { uid: 7 },
      message: '[uid_taken] register: taken',
    })
  })

  it.each([
    [-1, 'not_implemented'],
    [401, 'unauthenticated'],
    [500, 'internal'],
    [1002, 'unknown'],
    [999999999, 'unknown'],
  ])('rejects status %i with the code %s', async (status, code) => {
    const { client, peer } = await openStage()
    const call = client.call(register, { uid: 7 })
    peer.send(`{"cmd":"register","seqno":"aaaaaa-0001","status":${status},"msg":"no","data":{}}`)
    await expect(call).rejects.toMatchObject({ status, code })
  })

  it('rejects data that cannot be written, and sends nothing', async () => {
    const { client, peer } = await openStage()
    const call = client.call(echo, { big: 1n })
    await expect(call).rejects.toMatchObject({ code: 'bad_request', status: undefined, cause: expect.any(TypeError) })
    expect(peer.take()).toEqual([])
  })

  it.each([
    [{ tags: new Map([['a', 1]]) }, 'data/tags is Map'],
    [{ files: [{ bytes: new Uint8Array(2) }] }, 'data/files/0/bytes is Uint8Array'],
    [{ next: () => {} }, 'data/next is Function'],
    [{ key: Symbol('key') }, 'data/key is Symbol'],
    [{ scores: [1, Number.NaN] }, 'data/scores/1 is NaN'],
    [{ most: Number.NEGATIVE_INFINITY }, 'data/most is -Infinity'],
    [new Set([1]), 'data is Set'],
  ])('refuses data that would arrive as something else, by its path: %o', async (data, wrong) => {
    const { client, peer } = await openStage()
    const call = client.call(echo, data)
    await expect(call).rejects.toMatchObject({ code: 'bad_request', msg: `data cannot be written: ${wrong}` })
    expect(peer.take()).toEqual([])
  })

  it('sends what JSON writes in its own way: dates, instances, properties that are undefined', async () => {
    const { client, peer } = await openStage()
    const data = {
      at: new Date(0),
      of: new (class Point {
        x = 1
      })(),
      none: undefined,
      null: null,
    }
    client.call(echo, data).catch(() => {})
    expect(peer.takeOne()).toContain('"data":{"at":"1970-01-01T00:00:00.000Z","of":{"x":1},"null":null}')
  })

  it('waits for the connection, and leaves in the order made', async () => {
    const { client, transport, settle } = createStage()
    void client.call(echo, { n: 1 }).catch(() => {})
    void client.call(echo, { n: 2 }).catch(() => {})
    await settle()
    expect(transport.peer.take()).toEqual([
      '{"cmd":"echo","seqno":"aaaaaa-0001","data":{"n":1}}',
      '{"cmd":"echo","seqno":"aaaaaa-0002","data":{"n":2}}',
    ])
  })
})

describe('a deadline', () => {
  it.each([
    ['the call’s', { timeoutMs: 50 }, { cmd: 'echo', timeoutMs: 500 }, 50],
    ['else the contract’s', {}, { cmd: 'echo', timeoutMs: 500 }, 500],
    ['else the client’s', {}, echo, 5_000],
  ])('is %s', async (_, options, info, timeoutMs) => {
    const { client, clock } = await openStage({ timeoutMs: 5_000 })
    let isSettled = false
    const call = client.call(info, {}, options).finally(() => {
      isSettled = true
    })
    call.catch(() => {})
    await clock.advance(timeoutMs - 1)
    expect(isSettled).toBe(false)
    await clock.advance(1)
    await expect(call).rejects.toMatchObject({ code: 'timeout', status: undefined })
  })

  it('is 10 s when nobody says', async () => {
    const { client, clock } = await openStage()
    const call = client.call(echo, {})
    call.catch(() => {})
    await clock.advance(10_000)
    await expect(call).rejects.toMatchObject({ code: 'timeout', msg: 'no reply within 10000 ms' })
  })

  it('covers the wait for a connection, and the call is not sent later', async () => {
    const { client, clock, transport } = createStage({ lazy: true })
    transport.connect = () => ({ send: () => false, close: () => {}, terminate: () => {} })
    const call = client.call(echo, {}, { timeoutMs: 100 })
    call.catch(() => {})
    await clock.advance(100)
    await expect(call).rejects.toMatchObject({ code: 'timeout' })
  })

  it('may be longer than timers can count', async () => {
    const { client, clock, peer } = await openStage()
    const call = client.call(echo, {}, { timeoutMs: Infinity })
    await clock.advance(60_000)
    peer.send(reply('echo', 'aaaaaa-0001', '1'))
    await expect(call).resolves.toBe(1)
  })

  it('drops and reports a reply that comes late', async () => {
    const { client, clock, peer, problems } = await openStage()
    client.on('tick', () => expect.unreachable())
    await expect(Promise.all([client.call({ cmd: 'tick' }, {}, { timeoutMs: 0 }), clock.advance(1)])).rejects.toThrow()
    peer.send(reply('tick', 'aaaaaa-0001'))
    await clock.advance(0)
    expect(problems.map(({ kind }) => kind)).toEqual(['unexpected_message'])
  })
})

describe('a signal', () => {
  it('rejects a call that was sent with its reason', async () => {
    const { client } = await openStage()
    const controller = new AbortController()
    const call = client.call(echo, {}, { signal: controller.signal })
    controller.abort('enough')
    await expect(call).rejects.toBe('enough')
  })

  it('rejects a call that waits, which is then never sent', async () => {
    const { client, transport, settle } = createStage()
    const controller = new AbortController()
    const call = client.call(echo, {}, { signal: controller.signal })
    controller.abort('enough')
    await expect(call).rejects.toBe('enough')
    await settle()
    expect(transport.peer.take()).toEqual([])
  })

  it('that fired before rejects at once', async () => {
    const { client, peer } = await openStage()
    await expect(client.call(echo, {}, { signal: AbortSignal.abort('before') })).rejects.toBe('before')
    expect(peer.take()).toEqual([])
  })

  it('does nothing after the reply', async () => {
    const { client, peer } = await openStage()
    const controller = new AbortController()
    const call = client.call(echo, {}, { signal: controller.signal })
    peer.send(reply('echo', 'aaaaaa-0001', '1'))
    await call
    controller.abort('late')
    await expect(call).resolves.toBe(1)
  })

  it('is left without a listener by a call that settled', async () => {
    const { client, peer } = await openStage()
    const { signal } = new AbortController()
    const call = client.call(echo, {}, { signal })
    peer.send(reply('echo', 'aaaaaa-0001', '1'))
    await call
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})

describe('the outbox', () => {
  it('rejects one call more than it holds with queue_full', async () => {
    const { client } = createStage({ outbox: { maxCalls: 1 } })
    client.call(echo, {}).catch(() => {})
    await expect(client.call(echo, {})).rejects.toMatchObject({ code: 'queue_full', seqno: 'aaaaaa-0002' })
  })

  it('rejects the oldest instead when told to', async () => {
    const { client, transport, settle } = createStage({ outbox: { maxCalls: 1, overflow: 'reject_oldest' } })
    const oldest = client.call(echo, {})
    client.call(echo, { n: 2 }).catch(() => {})
    await expect(oldest).rejects.toMatchObject({ code: 'queue_full', seqno: 'aaaaaa-0001' })
    await settle()
    expect(transport.peer.take()).toEqual(['{"cmd":"echo","seqno":"aaaaaa-0002","data":{"n":2}}'])
  })

  it('of 40,000 calls leaves in order, one call at a time, in time that grows with their number', async () => {
    const { client, peer } = await openStage({ maxInFlight: 1, outbox: { maxCalls: 40_000 }, timeoutMs: Infinity })
    const answers: unknown[] = []
    const calls = Array.from({ length: 40_000 }, () => client.call(echo, {}).then((seqno) => answers.push(seqno)))
    const asked: string[] = []
    while (asked.length < calls.length) {
      for (const frame of peer.take()) {
        asked.push(JSON.parse(String(frame)).seqno)
        peer.send(reply('echo', asked.at(-1) ?? '', `"${asked.at(-1)}"`))
      }
      await null
    }
    await Promise.all(calls)
    expect(answers).toEqual(asked)
  })

  it('of no calls fails a call without a connection at once', async () => {
    const { client } = createStage({ outbox: { maxCalls: 0 } })
    await expect(client.call(echo, {})).rejects.toMatchObject({ code: 'queue_full' })
  })
})
