import { jsonCodec } from '@wsrv/server'
import { describe, expect, it } from 'vitest'
import { connect } from './raw-peer.ts'
import { serve } from './test-server.ts'

/** This server's side of the rows of PROTOCOL.md, Differences from the Go server, that no other test is about. */
describe('unlike the Go server, this one', () => {
  it.each([
    ['reads keys exactly as they are written', '{"CMD":"anything","SeqNo":"a"}'],
    ['wants a cmd', '{"seqno":"a"}'],
    ['wants an object', 'null'],
    ['wants a seqno that is a string, or none', '{"cmd":"anything","seqno":null}'],
  ])('%s', async (_, frame) => {
    const { url } = await serve({}, (server) => server.handle('anything', () => null))
    const peer = await connect(url)
    peer.send(frame)
    expect(JSON.parse(await peer.text())).toMatchObject({ status: 400 })
  })

  it('runs no middleware for unknown commands', async () => {
    const { url } = await serve({}, (server) => {
      server.use((c) => c.abort(401, 'never'))
      server.handle('anything', () => null)
    })
    const peer = await connect(url)
    peer.send('{"cmd":"nope","seqno":"a"}')
    expect(await peer.text()).toContain('"status":-1')
    peer.send('{"cmd":"anything","seqno":"b"}')
    expect(await peer.text()).toContain('"status":401')
  })

  it('begins the requests of a connection in their order, and lets the first answer of each stand', async () => {
    const begun: unknown[] = []
    const { url } = await serve({}, (server) => {
      server.use(async (_, next) => {
        await next()
        return undefined
      })
      server.handle('anything', (c) => {
        begun.push(c.data)
        return c.data
      })
    })
    const peer = await connect(url)
    const frames = Array.from({ length: 50 }, (_, n) => `{"cmd":"anything","seqno":"${n}","data":${n}}`)
    for (const frame of frames) peer.send(frame)
    for (const _ of frames) await peer.text()
    expect(begun).toEqual(frames.map((_, n) => n))
  })

  it('writes <, > and & as themselves, and keys that look like indices first', async () => {
    const { url } = await serve({}, (server) => server.handle('anything', (c) => c.data))
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"<&>","data":{"b":"<&>","2":0}}')
    expect(await peer.text()).toBe('{"cmd":"anything","seqno":"<&>","status":0,"msg":"ok","data":{"2":0,"b":"<&>"}}')
  })
})

describe('clients that read code where the protocol says status', () => {
  it('are served by a codec of one line', async () => {
    const encode: typeof jsonCodec.encode = (message) =>
      jsonCodec.encode('status' in message ? Object.assign({ code: message.status }, message) : message)
    const { url } = await serve({ codec: { ...jsonCodec, encode } }, (server) => {
      server.handle('register', (c) => {
        c.push('joined', { uid: 1 })
        return c.data.uid === 1 ? c.error('uid_taken', { uid: 1 }) : { name: 'x' }
      })
    })
    const peer = await connect(url)
    const read = async (): Promise<unknown> => JSON.parse(await peer.text())
    peer.send('{"cmd":"register","seqno":"a","data":{"uid":1}}')
    const both = [await read(), await read()]
    expect(both).toContainEqual(expect.objectContaining({ code: 0, cmd: 'joined' }))
    expect(both).toContainEqual(expect.objectContaining({ code: 1001, status: 1001, seqno: 'a' }))
    peer.send('{"cmd":"nope","seqno":"b"}')
    expect(await read()).toMatchObject({ code: -1 })
  })
})
