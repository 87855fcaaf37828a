import { type Codec, jsonCodec } from '@wsrv/protocol'
import type { Server } from '@wsrv/server'
import { describe, expect, it } from 'vitest'
import { type EchoApi, reply } from '../support/echo-server.ts'
import { frame } from '../support/frame.ts'
import { failure, send, serveFaulty } from './fault-server.ts'

const cause = new Error('the cause')
const fail = (): never => {
  throw cause
}
const CLOSED = 'close 1011 "an answer could not be written"'

/** JSON that cannot write answers to `work`, nor what is no answer to a known command. */
const picky: Codec = {
  ...jsonCodec,
  encode: (envelope) => (envelope.cmd === 'echo' ? jsonCodec.encode(envelope) : fail()),
}

describe('a codec that cannot write an answer closes the connection with 1011, and only that one', () => {
  it.each<[string, string, (server: Server<EchoApi>) => unknown]>([
    ['at once', '{"cmd":"work","seqno":"a"}', (server) => server.handle('work', () => 1)],
    ['later', '{"cmd":"work","seqno":"a"}', (server) => server.handle('work', async () => 1)],
    ['with a failure', '{"cmd":"work","seqno":"a"}', (server) => server.handle('work', fail)],
    [
      'that a middleware gave',
      '{"cmd":"work","seqno":"a"}',
      (s) => s.group((c) => c.abort(401, 'no')).handle('work', fail),
    ],
    ['to an unknown command', '{"cmd":"nope","seqno":"a"}', () => undefined],
    ['to a message that is no request', 'garbage', () => undefined],
    ['to a reserved command', '{"cmd":"$ping","seqno":"a"}', () => undefined],
  ])('%s', async (_when, message, prepare) => {
    const { failures, connect } = await serveFaulty({ codec: picky }, prepare)
    const [peer, other] = [await connect(), await connect()]
    peer.send(frame(0x81, message))
    expect(await peer.next()).toBe(CLOSED)
    expect(failures.at(-1)).toMatchObject({ kind: 'codec_failed', error: cause, sid: expect.any(String) })
    send(other, 'echo', 'b')
    expect(await other.next()).toBe(reply('echo', 'b'))
  })

  it('because its time is up', async () => {
    const { clock, failures, connect } = await serveFaulty({ codec: picky, handlerTimeoutMs: 1_000 }, (server) =>
      server.handle('work', () => new Promise(() => undefined)),
    )
    const peer = await connect()
    send(peer, 'work', 'a')
    send(peer, 'echo', 'b')
    expect(await peer.next()).toBe(reply('echo', 'b'))
    await clock.advance(1_000)
    expect(await peer.next()).toBe(CLOSED)
    expect(failures).toMatchObject([{ kind: 'codec_failed', cmd: 'work', seqno: 'a' }])
  })

  it.each<[string, unknown]>([
    ['a promise', Promise.resolve('{}')],
    ['nothing', undefined],
    ['an ArrayBuffer', new ArrayBuffer(2)],
  ])('because it writes %s', async (_what, payload) => {
    const { failures, connect } = await serveFaulty({ codec: { ...jsonCodec, encode: () => payload as string } })
    const [peer, other] = [await connect(), await connect()]
    send(peer, 'echo', 'a')
    expect(await peer.next()).toBe(CLOSED)
    const error = expect.objectContaining({
      message: expect.stringMatching(/^codec json must write a string or bytes, got /),
    })
    expect(failures.at(-1)).toMatchObject({ kind: 'codec_failed', error })
    send(other, 'echo', 'b')
    expect(await other.next()).toBe(CLOSED)
  })

  it('and nothing is left in flight', async () => {
    const { server, connect } = await serveFaulty({ codec: picky }, (fresh) => fresh.handle('work', async () => 1))
    const peer = await connect()
    for (const seqno of ['a', 'b', 'c']) send(peer, 'work', seqno)
    expect(await peer.next()).toBe(CLOSED)
    await server.close()
  })
})

describe('a codec that cannot write a push', () => {
  it('fails who pushes', async () => {
    const { server, connect } = await serveFaulty({ codec: picky })
    const peer = await connect()
    send(peer, 'echo', 'a')
    expect(await peer.next()).toBe(reply('echo', 'a'))
    expect(() => server.broadcast('news', {})).toThrow(cause)
    for (const session of server.sessions.values()) expect(() => session.push('news', {})).toThrow(cause)
  })
})

describe('a codec that cannot even look at what it cannot read', () => {
  it('answers without cmd and seqno', async () => {
    const { connect } = await serveFaulty({ codec: { ...jsonCodec, decode: fail, peek: fail } })
    const peer = await connect()
    send(peer, 'echo', 'a')
    expect(await peer.next()).toBe(
      failure('', 400, 'the message is not valid JSON').replace('"cmd":"work"', '"cmd":""'),
    )
  })
})
