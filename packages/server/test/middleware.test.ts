import { describe, expect, it } from 'vitest'
import { connect } from './raw-peer.ts'
import { serve } from './test-server.ts'

const ANYTHING = '{"cmd":"anything","seqno":"a"}'

describe('middleware', () => {
  it('runs around the handler: the server’s, then the group’s, then the command’s own', async () => {
    const steps: string[] = []
    const around = (name: string) => async (_c: unknown, next: () => Promise<void>) => {
      steps.push(`${name} in`)
      await next()
      steps.push(`${name} out`)
    }
    const { url } = await serve({}, (server) => {
      const group = server.group(around('group'))
      group.group(around('inner')).handle('anything', around('own'), () => steps.push('handler'))
      server.use(around('server'))
      group.use(around('late'))
    })
    const peer = await connect(url)
    peer.send(ANYTHING)
    await peer.text()
    const names = ['server', 'group', 'late', 'inner', 'own']
    expect(steps).toEqual([
      ...names.map((name) => `${name} in`),
      'handler',
      ...names.reverse().map((name) => `${name} out`),
    ])
  })

  it('can be added while the server serves', async () => {
    const { server, url } = await serve({}, (fresh) => fresh.handle('anything', () => 1))
    const peer = await connect(url)
    peer.send(ANYTHING)
    expect(await peer.text()).toContain('"status":0')
    server.use((c) => c.abort(403, 'closed for today'))
    peer.send(ANYTHING)
    expect(await peer.text()).toContain('"status":403')
  })

  it('reads the answer after next, a failure’s too', async () => {
    const seen: unknown[] = []
    const { url } = await serve({}, (server) => {
      server.use(async (c, next) => {
        seen.push(c.status, c.response)
        await next()
        seen.push(c.status, c.response?.msg)
      })
      server.handle('anything', () => {
        throw new Error('secret')
      })
    })
    const peer = await connect(url)
    peer.send(ANYTHING)
    await peer.text()
    expect(seen).toEqual([undefined, undefined, 500, 'internal error'])
  })

  it('that aborts stops the chain, also when it forgets to return and goes on', async () => {
    let runs = 0
    const { url } = await serve({}, (server) => {
      server.use(async (c, next) => {
        c.abort(401, 'register first', { hint: 'register' })
        await next()
      })
      server.handle('anything', () => ++runs)
    })
    const peer = await connect(url)
    peer.send(ANYTHING)
    expect(await peer.text()).toBe(
      '{"cmd":"anything","seqno":"a","status":401,"msg":"register first","data":{"hint":"register"}}',
    )
    expect(runs).toBe(0)
  })

  it('that does not wait for next does not cut the handler short', async () => {
    const { url } = await serve({}, (server) => {
      server.use((_c, next) => {
        next()
      })
      server.handle('anything', async () => {
        await new Promise((resolve) => setImmediate(resolve))
        return 'late'
      })
    })
    const peer = await connect(url)
    peer.send(ANYTHING)
    expect(await peer.text()).toContain('"data":"late"')
  })

  it.each([
    ['neither answers nor goes on', () => undefined, 'no_answer'],
    ['does so later', () => Promise.resolve(), 'no_answer'],
    [
      'calls next twice',
      async (_c: unknown, next: () => Promise<void>) => [await next(), await next()],
      'handler_threw',
    ],
    [
      'throws after the answer',
      async (_c: unknown, next: () => Promise<void>) => {
        await next()
        throw new Error('commit failed')
      },
      'handler_threw',
    ],
    [
      'throws at once',
      () => {
        throw new Error('x')
      },
      'handler_threw',
    ],
    [
      'answers with status 0',
      (c: { abort(status: number, msg: string): unknown }) => c.abort(0, 'ok'),
      'handler_threw',
    ],
  ] as const)('that %s is answered with 500', async (_title, middleware, kind) => {
    const { url, failures } = await serve({}, (server) => {
      server.use(middleware)
      server.handle('anything', () => 1)
    })
    const peer = await connect(url)
    peer.send(ANYTHING)
    expect(await peer.text()).toBe('{"cmd":"anything","seqno":"a","status":500,"msg":"internal error","data":{}}')
    expect(failures).toMatchObject([{ kind }])
  })
})

describe('handlers', () => {
  it('are refused for a command that has one, and for one the contract does not have', async () => {
    const { server } = await serve({}, (fresh) => fresh.handle('anything', () => 1))
    expect(() => server.handle('anything', () => 2)).toThrow('command "anything" has its handler already')
    expect(() => server.handle('nope' as 'anything', () => 2)).toThrow('the contract has no command "nope"')
    expect(() => server.handle('register', ...([] as unknown as [() => { name: string }]))).toThrow(
      'command "register" needs a handler, got nothing',
    )
  })
})
