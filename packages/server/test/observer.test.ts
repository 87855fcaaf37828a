import { type Clock, systemClock } from '@wsrv/protocol'
import { describe, expect, it } from 'vitest'
import { connect } from './raw-peer.ts'
import { serve } from './test-server.ts'

describe('an observer', () => {
  it('is told of connections and requests, with ids, durations and sizes', async () => {
    const events: unknown[] = []
    const { server, url, clock } = await serve(
      {
        observer: {
          connectionOpened: (event) => events.push(['opened', event]),
          connectionClosed: (event) => events.push(['closed', event]),
          requestEnded: (event) => events.push(['ended', event]),
        },
      },
      (fresh) => {
        fresh.handle('anything', () => 1)
        fresh.handle('quick', () => new Promise(() => undefined))
      },
    )
    const peer = await connect(url)
    const [session] = server.sessions.values()
    const sid = session?.sid
    peer.send('{"cmd":"quick","seqno":"q","data":{}}')
    peer.send('{"cmd":"anything","seqno":"a"}')
    peer.send('{"cmd":"quick","seqno":"q2","data":{}}')
    await peer.settled()
    await clock.advance(600)
    session?.close(4001, 'bye')
    expect(events).toEqual([
      ['opened', { sid, remoteAddress: '127.0.0.1' }],
      ['ended', { sid, cmd: 'anything', seqno: 'a', status: 0, durationMs: 0, requestBytes: 30, responseBytes: 61 }],
      ['ended', { sid, cmd: 'quick', seqno: 'q', status: 499, durationMs: 600, requestBytes: 37, responseBytes: 0 }],
      ['ended', { sid, cmd: 'quick', seqno: 'q2', status: 499, durationMs: 600, requestBytes: 38, responseBytes: 0 }],
      ['closed', { sid, code: 4001, reason: 'bye', durationMs: 600 }],
    ])
  })

  it('that throws harms nobody and is logged; a logger that throws neither', async () => {
    const logged: unknown[] = []
    const { url } = await serve(
      {
        observer: {
          requestEnded: () => {
            throw new Error('observer')
          },
        },
        logger: {
          debug: () => {
            throw new Error('logger')
          },
          info: () => undefined,
          warn: () => undefined,
          error: (facts, msg) => logged.push([facts, msg]),
        },
      },
      (fresh) => fresh.handle('anything', () => 1),
    )
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"a"}')
    expect(await peer.text()).toContain('"status":0')
    expect(logged).toMatchObject([[{ kind: 'observer_threw', method: 'requestEnded' }, 'the observer threw']])
  })
})

describe('an observer of what was never run, and of what nobody asked for', () => {
  it('is told of each refusal with its status, and of each push with its receivers', async () => {
    const events: unknown[] = []
    const { server, url } = await serve(
      {
        observer: {
          requestRefused: ({ sid: _, ...event }) => events.push(['refused', event]),
          pushSent: (event) => events.push(['pushed', event]),
        },
        random: () => 0,
      },
      (fresh) => fresh.handle('anything', (c) => c.push('news', { text: 'a' })),
    )
    const peer = await connect(url)
    const [sid] = server.sessions.keys()
    for (const message of ['gärbage', '{"cmd":"nope","seqno":"n"}', '{"cmd":"anything","seqno":"ok"}'])
      peer.send(message)
    await peer.settled()
    server.broadcast('news', { text: 'b' })
    server.to('nowhere').push('news', { text: 'c' })
    await peer.settled()
    expect(events).toEqual([
      ['refused', { cmd: '', seqno: '', status: 400, requestBytes: 8, responseBytes: 82 }],
      ['refused', { cmd: 'nope', seqno: 'n', status: -1, requestBytes: 26, responseBytes: 70 }],
      ['pushed', { cmd: 'news', seqno: 'aaaaaaaa', sid, receivers: 1, bytes: 75 }],
      ['pushed', { cmd: 'news', seqno: 'aaaaaaaa', sid: undefined, receivers: 1, bytes: 75 }],
    ])
  })
})

describe('sizes that an observer is told', () => {
  it.each([
    ['text', '{"cmd":"anything","seqno":"a","data":"é😀"}'],
    ['binary', Buffer.from('{"cmd":"anything","seqno":"a","data":"é😀"}')],
  ])('are bytes of UTF-8, of %s too', async (_type, message) => {
    const sizes: unknown[] = []
    const { url } = await serve(
      { observer: { requestEnded: (event) => sizes.push([event.requestBytes, event.responseBytes]) } },
      (server) => server.handle('anything', (c) => c.data),
    )
    const peer = await connect(url)
    peer.send(message)
    const answer = await peer.text()
    expect(sizes).toEqual([[Buffer.byteLength(message), Buffer.byteLength(answer)]])
    expect(Buffer.byteLength(answer)).toBe(answer.length + 1 + 2)
  })
})

describe('what nobody listens to', () => {
  it('is not measured: a request does not look at the clock', async () => {
    let looks = 0
    const clock: Clock = {
      ...systemClock,
      now: () => {
        looks += 1
        return 0
      },
    }
    const { url } = await serve({ clock, heartbeatTimeoutMs: 0 }, (server) => server.handle('anything', () => 1))
    const peer = await connect(url)
    const before = looks
    for (const message of ['{"cmd":"anything"}', '{"cmd":"nope"}', 'garbage']) peer.send(message)
    expect(await peer.rest()).toHaveLength(3)
    expect(looks).toBe(before)
  })
})
