import { describe, expect, it } from 'vitest'
import { openStage, reply, type Stage } from './stage.ts'

const write = { cmd: 'write' }

const REQUEST = '{"cmd":"write","seqno":"aaaaaa-0001","data":{}}'

function refusal(status: number, data: string, key = ',"notRun":true', seqno = '0001'): string {
  return `{"cmd":"write","seqno":"aaaaaa-${seqno}","status":${status},"msg":"no","data":${data}${key}}`
}

/** A client whose first call, a mutation, was refused. */
async function refusedStage(frame: string, timeoutMs = 10_000): Promise<Stage & { readonly call: Promise<unknown> }> {
  const stage = await openStage()
  const call = stage.client.call(write, {}, { timeoutMs })
  call.catch(() => {})
  expect(stage.peer.takeOne()).toBe(REQUEST)
  stage.peer.send(frame)
  await stage.settle()
  return Object.assign(stage, { call })
}

describe('a refusal that proves that the call was not run', () => {
  it.each([429, 503])('with %i lets it leave again when the server said', async (status) => {
    const { call, clock, peer } = await refusedStage(refusal(status, '{"retryAfterMs":2000}'))
    await clock.advance(1_999)
    expect(peer.take()).toEqual([])
    await clock.advance(1)
    expect(peer.takeOne()).toBe(REQUEST)
    peer.send(reply('write', 'aaaaaa-0001', '1'))
    await expect(call).resolves.toBe(1)
  })

  it('keeps other calls back as long, and they follow in order', async () => {
    const { client, clock, peer } = await refusedStage(refusal(429, '{"retryAfterMs":2000}'))
    client.call(write, 2).catch(() => {})
    expect(peer.take()).toEqual([])
    await clock.advance(2_000)
    expect(peer.take()).toEqual([REQUEST, '{"cmd":"write","seqno":"aaaaaa-0002","data":2}'])
  })

  it('counts with the longest time when several are refused', async () => {
    const stage = await openStage()
    for (const n of [1, 2]) stage.client.call(write, n).catch(() => {})
    stage.peer.take()
    stage.peer.send(refusal(429, '{"retryAfterMs":3000}'))
    stage.peer.send(refusal(429, '{"retryAfterMs":1000}', ',"notRun":true', '0002'))
    await stage.clock.advance(2_999)
    expect(stage.peer.take()).toEqual([])
    await stage.clock.advance(1)
    expect(stage.peer.take()).toHaveLength(2)
  })

  it('lets it leave on the next connection at once when this one is lost', async () => {
    const { transport, peer, settle } = await refusedStage(refusal(503, '{"retryAfterMs":9000}'))
    peer.close(1001)
    await settle()
    expect(transport.peer.takeOne()).toBe(REQUEST)
  })

  it.each([
    ['whose time ends after the deadline', refusal(429, '{"retryAfterMs":2000}'), 2_000],
    ['that says no time', refusal(429, '{}'), 10_000],
    ['that says nonsense', refusal(503, '{"retryAfterMs":"soon"}'), 10_000],
    ['that is null', refusal(503, 'null'), 10_000],
    ['of another status', refusal(403, '{"retryAfterMs":1}'), 10_000],
  ])('%s rejects at once', async (_, frame, timeoutMs) => {
    const { call } = await refusedStage(frame, timeoutMs)
    await expect(call).rejects.toMatchObject({ cmd: 'write', msg: 'no' })
  })
})

describe('a refusal that proves nothing', () => {
  it.each([
    ['of a handler', ''],
    ['whose key is not true', ',"notRun":1'],
  ])('%s is passed on, and the call does not leave again', async (_, key) => {
    const { call, clock, peer } = await refusedStage(refusal(429, '{"retryAfterMs":10}', key))
    await expect(call).rejects.toMatchObject({ code: 'rate_limited' })
    await clock.advance(1_000)
    expect(peer.take()).toEqual([])
  })
})
