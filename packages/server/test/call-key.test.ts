import { describe, expect, it } from 'vitest'
import { connect, type RawPeer } from './raw-peer.ts'
import { serve } from './test-server.ts'

interface Caller {
  readonly url: string
  readonly holder?: string
  readonly seqno?: string
  readonly auth?: string
}

/** Says hello and makes a call on a new connection; returns the call's key as its handler sees it. */
async function keyOf({ url, holder, seqno, auth }: Caller): Promise<unknown> {
  const peer: RawPeer = await connect(url)
  const session = holder === undefined ? undefined : { holder }
  peer.send(JSON.stringify({ cmd: '$hello', seqno: 'hello', data: { client: 'c', auth, session } }))
  await peer.text()
  peer.send(JSON.stringify({ cmd: 'anything', seqno }))
  const { data } = JSON.parse(await peer.text())
  peer.socket.close()
  return data.key
}

describe('c.callKey', () => {
  it('is the same for a call that is sent again, on another connection and in another session', async () => {
    const { url } = await serve({}, (server) => server.handle('anything', (c) => ({ key: c.callKey })))
    const key = await keyOf({ url, holder: 'me', seqno: 'a-1' })
    expect(key).toMatch(/^[\w-]{43}$/)
    expect(await keyOf({ url, holder: 'me', seqno: 'a-1' })).toBe(key)
    const other = await serve({}, (server) => server.handle('anything', (c) => ({ key: c.callKey })))
    expect(await keyOf({ url: other.url, holder: 'me', seqno: 'a-1' })).toBe(key)
  })

  it('differs for each call, each client and each identity', async () => {
    const { url } = await serve({ authenticate: (c) => c.accept(String(c.auth)) }, (server) =>
      server.handle('anything', (c) => ({ key: c.callKey })),
    )
    const keys = [
      await keyOf({ url, holder: 'me', seqno: 'a-1', auth: 'ann' }),
      await keyOf({ url, holder: 'me', seqno: 'a-2', auth: 'ann' }),
      await keyOf({ url, holder: 'you', seqno: 'a-1', auth: 'ann' }),
      await keyOf({ url, holder: 'me', seqno: 'a-1', auth: 'bob' }),
    ]
    expect(new Set(keys).size).toBe(4)
  })

  it('is not there for a client without a session, nor for a call without a seqno', async () => {
    const { url } = await serve({}, (server) => server.handle('anything', (c) => ({ key: c.callKey ?? 'none' })))
    expect(await keyOf({ url, seqno: 'a-1' })).toBe('none')
    expect(await keyOf({ url, holder: 'me' })).toBe('none')
  })
})
