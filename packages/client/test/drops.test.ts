import { MemoryTransport } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { createStage, openStage, reply } from './stage.ts'

const write = { cmd: 'write' }
const read = { cmd: 'read', idempotent: true }

describe('at a drop, a call', () => {
  it('that was not sent waits for the next connection', async () => {
    let refusals = 1
    const transport = new MemoryTransport((peer) => (refusals-- > 0 ? peer.drop() : peer.open()))
    const { client, settle } = createStage({}, transport)
    const call = client.call(write, { n: 1 })
    await settle()
    await settle()
    expect(transport.peer.takeOne()).toBe('{"cmd":"write","seqno":"aaaaaa-0001","data":{"n":1}}')
    transport.peer.send(reply('write', 'aaaaaa-0001', '1'))
    await expect(call).resolves.toBe(1)
  })

  it('that was sent and is idempotent is sent again, under its seqno, and answered once', async () => {
    const { client, transport, settle, problems } = await openStage()
    const call = client.call(read, { n: 1 })
    const [old] = transport.peers
    old?.drop()
    await settle()
    old?.send(reply('read', 'aaaaaa-0001', '"old"'))
    expect(transport.peer.takeOne()).toBe('{"cmd":"read","seqno":"aaaaaa-0001","data":{"n":1}}')
    transport.peer.send(reply('read', 'aaaaaa-0001', '"new"'))
    await expect(call).resolves.toBe('new')
    expect(problems).toEqual([])
  })

  it('that was sent and is not idempotent rejects at once with outcome_unknown', async () => {
    const { client, peer, transport, clock } = await openStage({ random: () => 0.5 })
    const call = client.call(write, {})
    peer.close(1006, 'tunnel')
    await expect(call).rejects.toMatchObject({
      code: 'outcome_unknown',
      status: undefined,
      msg: 'no reply before the connection was lost (1006: tunnel)',
    })
    await clock.advance(1_000)
    expect(transport.peer.take()).toEqual([])
  })

  it('that was too large for the connection is not sent again, whatever its command; the others are', async () => {
    const { client, peer, transport, settle } = await openStage()
    const small = client.call(read, { n: 1 })
    const large = client.call(read, { n: 'x'.repeat(100) })
    peer.close(1009, 'too big')
    await expect(large).rejects.toMatchObject({ code: 'too_large', msg: 'refused by the connection (1009: too big)' })
    await settle()
    expect(transport.peer.take()).toEqual(['{"cmd":"read","seqno":"aaaaaa-0001","data":{"n":1}}'])
    transport.peer.send(reply('read', 'aaaaaa-0001', '1'))
    await expect(small).resolves.toBe(1)
  })

  it('that is sent again goes ahead of those that wait', async () => {
    const { client, peer, transport, settle } = await openStage()
    client.call(read, { n: 1 }).catch(() => {})
    peer.close(1001)
    client.call(write, { n: 2 }).catch(() => {})
    await settle()
    await settle()
    expect(transport.peer.take()).toEqual([
      '{"cmd":"read","seqno":"aaaaaa-0001","data":{"n":1}}',
      '{"cmd":"write","seqno":"aaaaaa-0002","data":{"n":2}}',
    ])
  })

  it('that is sent again keeps its deadline', async () => {
    const { client, peer, clock } = await openStage()
    const call = client.call(read, {}, { timeoutMs: 1_000 })
    call.catch(() => {})
    await clock.advance(900)
    peer.drop()
    await clock.advance(100)
    await expect(call).rejects.toMatchObject({ code: 'timeout' })
  })

  it('that is sent again does not count as one more in the outbox', async () => {
    const { client, peer, settle } = await openStage({ outbox: { maxCalls: 0 } })
    const call = client.call(read, {})
    peer.drop()
    await settle()
    await settle()
    client.close()
    await expect(call).rejects.toMatchObject({ code: 'disconnected' })
  })

  it('made while the connection closes was not sent, and waits', async () => {
    const { client, transport, settle } = await openStage()
    transport.peer.close(1001)
    const call = client.call(write, {})
    await settle()
    await settle()
    expect(transport.peer.takeOne()).toBe('{"cmd":"write","seqno":"aaaaaa-0001","data":{}}')
    transport.peer.send(reply('write', 'aaaaaa-0001', '1'))
    await expect(call).resolves.toBe(1)
  })

  it('whose client gives up rejects: unsent with disconnected, sent with outcome_unknown', async () => {
    const { client, peer } = await openStage({ reconnect: false })
    const sent = client.call(write, {})
    peer.close(1001)
    const unsent = client.call(write, {})
    await expect(sent).rejects.toMatchObject({ code: 'outcome_unknown' })
    await expect(unsent).rejects.toMatchObject({ code: 'disconnected' })
  })
})

describe('reconnect()', () => {
  it('treats calls as any other drop does', async () => {
    const { client, transport, settle } = await openStage()
    const lost = client.call(write, {})
    const kept = client.call(read, {})
    void client.reconnect()
    await expect(lost).rejects.toMatchObject({ code: 'outcome_unknown' })
    await settle()
    expect(transport.peer.takeOne()).toBe('{"cmd":"read","seqno":"aaaaaa-0002","data":{}}')
    transport.peer.send(reply('read', 'aaaaaa-0002', '1'))
    await expect(kept).resolves.toBe(1)
  })
})
