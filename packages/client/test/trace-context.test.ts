import { withTraceContext } from '@wsrv/client'
import { type ClientCodec, jsonClientCodec } from '@wsrv/protocol'
import { describe, expect, it } from 'vitest'
import { createStage, openStage, reply } from './stage.ts'

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const echo = { cmd: 'echo', idempotent: true }

describe('withTraceContext', () => {
  it('sends the current context of each call as its last key', async () => {
    const parents = [PARENT, undefined]
    const { client, peer } = await openStage({ codec: withTraceContext(() => parents.shift()) })
    const calls = [client.call(echo, { a: 1 }), client.call(echo, {})]
    expect(peer.take()).toEqual([
      `{"cmd":"echo","seqno":"aaaaaa-0001","data":{"a":1},"traceparent":"${PARENT}"}`,
      '{"cmd":"echo","seqno":"aaaaaa-0002","data":{}}',
    ])
    for (const seqno of ['aaaaaa-0001', 'aaaaaa-0002']) peer.send(reply('echo', seqno, '7'))
    await expect(Promise.all(calls)).resolves.toEqual([7, 7])
  })

  it('travels beside the deadline, and not with reserved commands', async () => {
    const { client, peer, settle } = await openStage({ extensions: true, codec: withTraceContext(() => PARENT) })
    const hello = peer.takeOne()
    expect(hello).not.toContain('traceparent')
    peer.send(reply('$hello', 'aaaaaa-0001'))
    await settle()
    void client.call(echo, {}, { timeoutMs: 500 }).catch(() => {})
    expect(peer.takeOne()).toBe(
      `{"cmd":"echo","seqno":"aaaaaa-0002","data":{},"timeoutMs":500,"traceparent":"${PARENT}"}`,
    )
  })

  it('asks for the context of a call that waits when it is written', async () => {
    let parent: string | undefined = 'of the call'
    const stage = createStage({ codec: withTraceContext(() => parent) })
    void stage.client.call(echo, {}).catch(() => {})
    parent = undefined
    await stage.settle()
    expect(stage.peer.takeOne()).toBe('{"cmd":"echo","seqno":"aaaaaa-0001","data":{}}')
  })

  it('goes around any codec', async () => {
    const shouting: ClientCodec = { ...jsonClientCodec, encode: (envelope) => `${jsonClientCodec.encode(envelope)}!` }
    const { client, peer } = await openStage({ codec: withTraceContext(() => PARENT, shouting) })
    void client.call(echo, {}).catch(() => {})
    expect(peer.takeOne()).toMatch(/"traceparent":"00-[^"]+"\}!$/)
  })
})
