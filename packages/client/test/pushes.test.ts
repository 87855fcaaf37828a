import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { Subscriptions } from '../src/subscriptions.ts'
import { openStage, push, reply } from './stage.ts'

describe('on()', () => {
  it('gives each push of its name to every subscriber', async () => {
    const { client, peer, settle } = await openStage()
    const heard: unknown[] = []
    client.on('tick', (tick) => void heard.push(['one', tick]))
    client.on('tick', (tick) => void heard.push(['two', tick]))
    client.on('user_register', () => expect.unreachable())
    peer.send(push('tick', '1'))
    await settle()
    expect(heard).toEqual([
      ['one', 1],
      ['two', 1],
    ])
  })

  it('is told what a Go server says beside the data: its status and its msg', async () => {
    const { client, peer, settle } = await openStage()
    const heard: unknown[] = []
    client.on('tick', (tick, { status, msg }) => void heard.push([tick, status, msg]))
    peer.send(push('tick', '1'))
    peer.send('{"cmd":"tick","seqno":"k3v9zq1x","status":7,"msg":"careful","data":2}')
    await settle()
    expect(heard).toEqual([
      [1, 0, 'ok'],
      [2, 7, 'careful'],
    ])
  })

  it('understands pushes in binary frames', async () => {
    const { client, peer, settle } = await openStage()
    const uids: number[] = []
    client.on('user_register', ({ uid }) => void uids.push(uid))
    peer.send(new TextEncoder().encode(push('user_register', '{"uid":7}')))
    await settle()
    expect(uids).toEqual([7])
  })

  it('returns what unsubscribes, once', async () => {
    const { client, peer, settle } = await openStage()
    const heard: number[] = []
    const listener = (tick: number) => void heard.push(tick)
    const off = client.on('tick', listener)
    client.on('tick', listener)
    off()
    off()
    peer.send(push('tick', '1'))
    await settle()
    expect(heard).toEqual([1])
  })

  it.each([
    ['throws', () => (undefined as unknown as string).trim()],
    ['rejects', () => Promise.reject(new TypeError('mine'))],
  ])('reports a subscriber that %s, and tells the others', async (_, bad) => {
    const { client, peer, settle, problems } = await openStage()
    const heard: number[] = []
    client.on('tick', bad)
    client.on('tick', (tick) => void heard.push(tick))
    const call = client.call({ cmd: 'echo' }, {})
    peer.send(push('tick', '1'))
    peer.send(reply('echo', 'aaaaaa-0001', '1'))
    await settle()
    expect(heard).toEqual([1])
    expect(problems).toEqual([{ kind: 'subscriber_threw', error: expect.any(TypeError) }])
    await expect(call).resolves.toBe(1)
  })

  it('takes a message for a push when its seqno is pending but its cmd is another', async () => {
    const { client, peer, settle } = await openStage()
    const heard: number[] = []
    client.on('tick', (tick) => void heard.push(tick))
    const call = client.call({ cmd: 'echo' }, {})
    peer.send(reply('tick', 'k3v9zq1x', '5'))
    peer.send(reply('echo', 'aaaaaa-0001', '1'))
    await settle()
    await expect(call).resolves.toBe(1)
    expect(heard).toEqual([5])
  })

  it('reports a push that nobody subscribed to', async () => {
    const { peer, settle, problems } = await openStage()
    peer.send(push('tick', '1'))
    await settle()
    expect(problems).toEqual([
      { kind: 'unexpected_message', error: new Error('no pending call or subscriber for tick (seqno k3v9zq1x)') },
    ])
  })
})

describe('a listener', () => {
  it('that another removes is not called any more, one that is added not yet', async () => {
    const { client, peer, settle } = await openStage()
    const called: string[] = []
    client.on('tick', () => {
      called.push('first')
      off()
      client.on('tick', () => called.push('added'))
    })
    const off = client.on('tick', () => called.push('removed'))
    peer.send(push('tick', '1'))
    await settle()
    expect(called).toEqual(['first'])
  })

  it('leaves nothing behind, whatever the name and however often it is removed', () => {
    const subscriptions = new Subscriptions(() => {})
    for (let index = 0; index < 10; index += 1) {
      const offs = [subscriptions.add(`name ${index}`, () => {}), subscriptions.add(`name ${index}`, () => {})]
      for (const off of [...offs, ...offs]) off()
    }
    const stale = subscriptions.add('name', () => {})
    stale()
    subscriptions.add('name', () => {})
    stale()
    expect(subscriptions.names).toEqual(['name'])
  })
})

describe('pushes()', () => {
  it('yields what comes from its making on', async () => {
    const { client, peer, settle } = await openStage()
    const ticks = client.pushes('tick')
    peer.send(push('tick', '1'))
    peer.send(push('tick', '2'))
    await settle()
    const heard: number[] = []
    for await (const tick of ticks) {
      heard.push(tick)
      if (tick === 2) break
    }
    expect(heard).toEqual([1, 2])
  })

  it('is fed across reconnects', async () => {
    const { client, transport, settle } = await openStage()
    const ticks = client.pushes('tick')
    const next = ticks.next()
    transport.peer.drop()
    await settle()
    transport.peer.send(push('tick', '1'))
    await expect(next).resolves.toEqual({ value: 1, done: false })
  })

  it('ends with the client, after what was queued', async () => {
    const { client, peer, settle } = await openStage()
    const ticks = client.pushes('tick')
    peer.send(push('tick', '1'))
    await settle()
    client.close()
    await expect(ticks.next()).resolves.toEqual({ value: 1, done: false })
    await expect(ticks.next()).resolves.toEqual({ value: undefined, done: true })
  })

  it.each([
    ['being read', true],
    ['made afterwards', false],
  ])('%s throws once why the client was refused for good, after what was queued', async (_, isBefore) => {
    const { client, peer, settle } = await openStage()
    let ticks = client.pushes('tick')
    if (isBefore) peer.send(push('tick', '1'))
    peer.close(1008, 'banned')
    await settle()
    if (isBefore) await expect(ticks.next()).resolves.toEqual({ value: 1, done: false })
    else ticks = client.pushes('tick')
    await expect(ticks.next()).rejects.toMatchObject({
      code: 'disconnected',
      msg: 'the client is closed (1008: banned)',
    })
    await expect(ticks.next()).resolves.toEqual({ value: undefined, done: true })
  })

  it('throws it to a loop that waits', async () => {
    const { client, peer } = await openStage()
    const loop = (async () => {
      for await (const _ of client.pushes('tick'));
    })()
    peer.close(1008, 'banned')
    await expect(loop).rejects.toMatchObject({ code: 'disconnected' })
  })

  it('made by a closed client has ended', async () => {
    const { client } = await openStage()
    client.close()
    await expect(client.pushes('tick').next()).resolves.toEqual({ value: undefined, done: true })
  })

  it('ends at once with its signal, and leaves no listener', async () => {
    const { client, peer, settle, problems } = await openStage()
    const controller = new AbortController()
    const ticks = client.pushes('tick', { signal: controller.signal })
    const next = ticks.next()
    controller.abort()
    await expect(next).resolves.toEqual({ value: undefined, done: true })
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
    peer.send(push('tick', '1'))
    await settle()
    expect(problems.map(({ kind }) => kind)).toEqual(['unexpected_message'])
  })

  it('made with a signal that fired has ended', async () => {
    const { client } = await openStage()
    const ticks = client.pushes('tick', { signal: AbortSignal.abort() })
    await expect(ticks.next()).resolves.toEqual({ value: undefined, done: true })
  })

  it('lets go of its subscription and its signal at break', async () => {
    const { client, peer, settle, problems } = await openStage()
    const { signal } = new AbortController()
    peer.send(push('tick', '1'))
    for await (const _ of client.pushes('tick', { signal })) break
    expect(getEventListeners(signal, 'abort')).toEqual([])
    peer.send(push('tick', '2'))
    await settle()
    expect(problems).toHaveLength(1)
  })
})
