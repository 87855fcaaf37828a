import { until } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { connect, refusal } from './raw-peer.ts'
import { serve } from './test-server.ts'

const request = (seqno: string): string => `{"cmd":"anything","seqno":"${seqno}"}`

describe('what a handler throws', () => {
  const revoked = (): object => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    return proxy
  }
  const withThrowingCause = (): Error =>
    Object.defineProperty(new Error('x'), 'cause', {
      get: () => {
        throw new Error('of the cause')
      },
    })

  it.each([
    ['a revoked proxy', revoked],
    ['an error whose cause throws', withThrowingCause],
  ])('after it was stopped harms neither the process nor the session: %s', async (_, make) => {
    const { url, failures } = await serve({}, (server) =>
      server.handle('anything', async (c) => {
        await new Promise((resolve) => c.signal.addEventListener('abort', resolve))
        throw make()
      }),
    )
    const peer = await connect(url)
    peer.send(request('a'))
    peer.send('{"cmd":"$cancel","seqno":"c","data":{"seqno":"a"}}')
    expect([await peer.text(), await peer.text()].join()).toContain('"status":499')
    await until(() => failures.length === 1)
    peer.send('{"cmd":"$ping","seqno":"p"}')
    expect(await peer.text()).toContain('"status":0')
  })
})

describe('a client that has gone', () => {
  it('has no handler begun for it by a middleware that was waiting', async () => {
    const releases: (() => void)[] = []
    let handled = 0
    const { url, server } = await serve({}, (fresh) => {
      fresh.use(async (_, next) => {
        await new Promise<void>((resolve) => releases.push(resolve))
        await next()
      })
      fresh.handle('anything', () => {
        handled += 1
        return {}
      })
    })
    const peer = await connect(url)
    peer.send(request('a'))
    await until(() => releases.length === 1)
    peer.socket.terminate()
    await until(() => server.sessions.size === 0)
    releases[0]?.()
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(handled).toBe(0)
  })
})

describe('close', () => {
  it('during listen leaves no port open', async () => {
    const { server } = await serve()
    const ports: number[] = []
    const listening = server.listen(0, { host: '127.0.0.1' }).then(({ port }) => ports.push(port))
    const closing = server.close({ drainMs: 0 })
    await expect(listening).rejects.toThrow('the server is closed')
    await closing
    expect(ports).toEqual([])
  })

  it('refuses what can no longer be let in', async () => {
    const { server, url } = await serve()
    const closing = server.close({ drainMs: 0 })
    await closing
    await expect(refusal(url)).rejects.toThrow()
  })
})

describe('data', () => {
  it('with a property called __proto__ is data: it changes no prototype and passes for nothing else', async () => {
    const seen: unknown[] = []
    const { url } = await serve({}, (server) =>
      server
        .handle('anything', (c) => {
          seen.push(Object.getPrototypeOf(c.data), Object.keys(c.data as object))
          return {}
        })
        .handle('register', () => ({ name: '' })),
    )
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"a","data":{"__proto__":{"uid":1}}}')
    expect(await peer.text()).toContain('"status":0')
    expect(seen).toEqual([Object.prototype, ['__proto__']])
    peer.send('{"cmd":"register","seqno":"b","data":{"__proto__":{"uid":1}}}')
    expect(JSON.parse(await peer.text())).toMatchObject({ status: 400, data: { issues: [{ path: '/uid' }] } })
  })
})
