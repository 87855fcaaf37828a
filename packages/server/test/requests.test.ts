import { jsonCodec } from '@wsrv/protocol'
import type { Contract } from '@wsrv/schema'
import { describe, expect, it } from 'vitest'
import { connect } from './raw-peer.ts'
import { testContract } from './test-contract.ts'
import { serve } from './test-server.ts'

const register = (seqno: string, data: unknown): string => JSON.stringify({ cmd: 'register', seqno, data })

describe('a request', () => {
  it('is answered with its cmd and seqno, keys in the order of the protocol', async () => {
    const { url } = await serve({}, (server) => server.handle('register', (c) => ({ name: `u${c.data.uid}` })))
    const peer = await connect(url)
    peer.send('{"data":{"uid":7},"seqno":"a","cmd":"register"}')
    expect(await peer.text()).toBe('{"cmd":"register","seqno":"a","status":0,"msg":"ok","data":{"name":"u7"}}')
  })

  it('may leave out seqno and data', async () => {
    const { url } = await serve({}, (server) => server.handle('anything', (c) => c.data))
    const peer = await connect(url)
    peer.send('{"cmd":"anything"}')
    expect(await peer.text()).toBe('{"cmd":"anything","seqno":"","status":0,"msg":"ok","data":{}}')
  })

  it('may have data null in place of none, where its schema takes no null', async () => {
    const { url } = await serve({}, (server) => {
      server.handle('anything', (c) => ({ got: c.data }))
      server.handle('quick', (c) => ({ got: c.data }))
      server.handle('register', () => ({ name: '' }))
    })
    const peer = await connect(url)
    peer.send('{"cmd":"quick","seqno":"a","data":null}')
    expect(await peer.text()).toContain('"status":0')
    peer.send('{"cmd":"anything","seqno":"b","data":null}')
    expect(await peer.text()).toContain('"data":{"got":null}')
    peer.send('{"cmd":"$ping","seqno":"c","data":null}')
    expect(await peer.text()).toContain('"status":0')
    peer.send(register('d', null))
    expect(await peer.text()).toContain('"issues":[{"path":"/uid","message":"is required, got nothing"}]')
  })

  it('with an integer that a double cannot hold is refused, and so is such an answer', async () => {
    const { url } = await serve({}, (server) => {
      server.handle('register', (c) => c.error('uid_taken', { uid: c.data.uid + Number.MAX_SAFE_INTEGER }))
    })
    const peer = await connect(url)
    peer.send('{"cmd":"register","seqno":"a","data":{"uid":9007199254740993}}')
    const words = 'must be an integer that a double holds exactly, of at most 9007199254740991, got 9007199254740992'
    expect(JSON.parse(await peer.text())).toMatchObject({
      status: 400,
      data: { issues: [{ path: '/uid', message: words }] },
    })
    peer.send('{"cmd":"register","seqno":"b","data":{"uid":1}}')
    expect(await peer.text()).toContain('"status":500')
  })

  it('is answered in its own frame type', async () => {
    const { url } = await serve({ messageType: 'binary' }, (server) => {
      server.handle('anything', (c) => {
        c.push('joined', { uid: 1 })
        return null
      })
    })
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"t"}')
    expect((await peer.frame()).isBinary).toBe(true)
    expect(await peer.frame()).toEqual({
      text: '{"cmd":"anything","seqno":"t","status":0,"msg":"ok","data":null}',
      isBinary: false,
    })
    peer.send(Buffer.from('{"cmd":"nope","seqno":"b"}'))
    expect((await peer.frame()).isBinary).toBe(true)
  })

  it('reaches its handler with the defaults filled in, a fresh copy each time', async () => {
    const { url } = await serve({}, (server) =>
      server.handle('register', (c) => ({ name: String(c.data.tags.push('x')) })),
    )
    const peer = await connect(url)
    for (const seqno of ['a', 'b']) {
      peer.send(register(seqno, { uid: 1 }))
      expect(await peer.text()).toContain('"data":{"name":"2"}')
    }
  })

  it('of a command nobody serves is answered with -1', async () => {
    const { url } = await serve()
    const peer = await connect(url)
    for (const cmd of ['register', 'nope', '__proto__', 'constructor', 'toString', '$nope']) {
      peer.send(`{"cmd":"${cmd}","seqno":"a","data":{}}`)
      expect(await peer.text()).toBe(`{"cmd":"${cmd}","seqno":"a","status":-1,"msg":"not implement","data":{}}`)
    }
  })

  it('gets its own answer while others of its connection are slow', async () => {
    const release: (() => void)[] = []
    const { url } = await serve({}, (server) => {
      server.handle('anything', () => new Promise((resolve) => release.push(() => resolve('slow'))))
      server.handle('register', () => ({ name: 'fast' }))
    })
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"s"}')
    peer.send(register('f', { uid: 1 }))
    expect(await peer.text()).toContain('"seqno":"f"')
    release[0]?.()
    expect(await peer.text()).toBe('{"cmd":"anything","seqno":"s","status":0,"msg":"ok","data":"slow"}')
  })
})

describe('data that fails its schema', () => {
  it('is answered with every place, what was expected and what came', async () => {
    const { url } = await serve({}, (server) => server.handle('register', () => ({ name: 'x' })))
    const peer = await connect(url)
    peer.send(register('a', { uid: 'x', tags: [1] }))
    expect(JSON.parse(await peer.text())).toEqual({
      cmd: 'register',
      seqno: 'a',
      status: 400,
      msg: 'data does not match the schema of register',
      data: {
        issues: [
          { path: '/uid', message: 'must be integer, got "x"' },
          { path: '/tags/0', message: 'must be string, got 1' },
        ],
        total: 2,
      },
    })
    peer.send(register('b', {}))
    expect(await peer.text()).toContain('"issues":[{"path":"/uid","message":"is required, got nothing"}],"total":1')
    peer.send(register('c', [1]))
    expect(await peer.text()).toContain(
      '"issues":[{"path":"","message":"must be object, got an array of 1"}],"total":1',
    )
  })

  it('lists as many issues as the limit allows and counts on', async () => {
    const { url } = await serve({ limits: { maxIssues: 2 } }, (server) =>
      server.handle('register', () => ({ name: 'x' })),
    )
    const peer = await connect(url)
    peer.send(register('a', { uid: 1, tags: [1, 2, 3, 4] }))
    const { data } = JSON.parse(await peer.text())
    expect(data.issues).toHaveLength(2)
    expect(data.total).toBe(4)
  })
})

describe('a message that cannot be read', () => {
  it.each([
    ['{"cmd":"register","seqno":"a",', { cmd: 'register', seqno: 'a', msg: 'the message is not valid JSON' }],
    ['"x"', { cmd: '', seqno: '', msg: 'a request must be a JSON object, got "x"' }],
    ['{"seqno":"a"}', { cmd: '', seqno: 'a', msg: 'cmd must be a string of 1 to 128 characters, got nothing' }],
    [
      '{"cmd":"register","seqno":1}',
      { cmd: 'register', seqno: '', msg: 'seqno must be a string of 1 to 64 characters, got 1' },
    ],
  ])('%s is answered with 400 and what could be read', async (message, expected) => {
    const { url } = await serve()
    const peer = await connect(url)
    peer.send(message)
    expect(JSON.parse(await peer.text())).toEqual({ ...expected, status: 400, data: {} })
  })

  it('is answered with 400 when it is binary and no UTF-8', async () => {
    const { url } = await serve()
    const peer = await connect(url)
    peer.send(Buffer.from([0x22, 0xff, 0x22]))
    expect(await peer.frame()).toEqual({
      text: '{"cmd":"","seqno":"","status":400,"msg":"the message is not valid JSON","data":{}}',
      isBinary: true,
    })
  })

  it('closes the connection when it is text and no UTF-8', async () => {
    const { url } = await serve()
    const peer = await connect(url)
    peer.socket.send(Buffer.from([0xff]), { binary: false })
    expect((await peer.closed()).code).toBe(1007)
  })

  it('is answered with 413 when it is too large, and not parsed', async () => {
    const { url } = await serve({ limits: { maxMessageBytes: 100 } })
    const peer = await connect(url)
    peer.send(register('a', 'ä'.repeat(60)))
    expect(await peer.text()).toBe(
      '{"cmd":"register","seqno":"a","status":413,"msg":"the message must be at most 100 bytes, got 160","data":{}}',
    )
    peer.send('x'.repeat(401))
    expect((await peer.closed()).code).toBe(1009)
  })

  it('closes the connection with 4400 when it comes once too often', async () => {
    const { url } = await serve({ limits: { maxBadMessages: 1 } })
    const peer = await connect(url)
    peer.send('x')
    peer.send('y')
    expect(await peer.text()).toContain('"status":400')
    expect(await peer.closed()).toEqual({ code: 4400, reason: 'too many unreadable messages' })
  })
})

describe('a handler', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('secret')
      },
      'handler_threw',
    ],
    ['rejects with a string', () => Promise.reject('secret'), 'handler_threw'],
    ['answers the wrong shape', () => ({ nam: 1 }), 'bad_response'],
    ['answers what JSON cannot say', () => ({ name: 'x', big: 1n }), 'bad_response'],
  ] as const)('that %s is answered with 500, its cause stays in the server', async (_title, handler, kind) => {
    // What a closed response does not declare would not be written at all.
    const commands = testContract.commands.map((command) => ({
      ...command,
      response: { ...command.response, additionalProperties: true },
    }))
    const { url, failures } = await serve({ contract: { ...testContract, commands } }, (server) =>
      server.handle('register', handler as () => { name: string }),
    )
    const peer = await connect(url)
    peer.send(register('a', { uid: 1 }))
    expect(await peer.text()).toBe('{"cmd":"register","seqno":"a","status":500,"msg":"internal error","data":{}}')
    expect(failures).toMatchObject([{ kind, cmd: 'register', seqno: 'a' }])
    peer.send('{"cmd":"nope","seqno":"b"}')
    expect(await peer.text()).toContain('"status":-1')
  })

  it('answers with the errors of the contract', async () => {
    const { url } = await serve({}, (server) =>
      server.handle('register', (c) => {
        if (c.data.uid === 1) return c.error('uid_taken', { uid: 1 })
        if (c.data.uid === 2) throw c.error('uid_taken', { uid: 2 }, 'sorry')
        return c.error('closed')
      }),
    )
    const peer = await connect(url)
    peer.send(register('a', { uid: 1 }))
    expect(await peer.text()).toContain('"status":1001,"msg":"Another user has this uid.","data":{"uid":1}}')
    peer.send(register('b', { uid: 2 }))
    expect(await peer.text()).toContain('"status":1001,"msg":"sorry","data":{"uid":2}}')
    peer.send(register('c', { uid: 3 }))
    expect(await peer.text()).toContain('"status":1002,"msg":"closed","data":{}}')
  })

  it('whose error is not the contract’s is answered with 500', async () => {
    const { url, failures } = await serve({}, (server) =>
      server.handle('register', (c) => c.error('uid_taken', (c.data.uid === 1 ? { uid: 'x' } : undefined) as never)),
    )
    const peer = await connect(url)
    peer.send(register('a', { uid: 1 }))
    expect(await peer.text()).toContain('"status":500')
    expect(String(failures[0]?.error)).toBe(
      'TypeError: register answered 1001 with bad data: /uid must be integer, got "x"',
    )
  })

  it('is answered by its first answer', async () => {
    const { url } = await serve({}, (server) =>
      server.handle('register', (c) => {
        c.abort(403, 'no')
        return { name: 'late' }
      }),
    )
    const peer = await connect(url)
    peer.send(register('a', { uid: 1 }))
    expect(await peer.text()).toContain('"status":403,"msg":"no","data":{}}')
  })

  it('that is not done in time is answered with 408, once, and its signal aborts', async () => {
    const reasons: unknown[] = []
    const { url, clock } = await serve({}, (server) =>
      server.handle('quick', async (c) => {
        await new Promise<void>((resolve) => c.signal.addEventListener('abort', () => resolve()))
        reasons.push(c.signal.reason.code)
        return {}
      }),
    )
    const peer = await connect(url)
    peer.send('{"cmd":"quick","seqno":"a","data":{}}')
    await peer.settled()
    await clock.advance(999)
    expect(await peer.rest()).toEqual([])
    await clock.advance(1)
    expect(await peer.text()).toBe('{"cmd":"quick","seqno":"a","status":408,"msg":"timeout","data":{}}')
    expect(await peer.rest()).toEqual([])
    expect(reasons).toEqual(['timeout'])
  })

  it('is told by its signal when the connection ends', async () => {
    const reasons: unknown[] = []
    const { url } = await serve({}, (server) =>
      server.handle('anything', async (c) => {
        const { signal } = c
        c.session.close()
        reasons.push(signal.reason.code, c.signal.aborted)
        return c.push('joined', { uid: 1 })
      }),
    )
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"a"}')
    expect((await peer.closed()).code).toBe(1000)
    expect(reasons).toEqual(['cancelled', true])
  })
})

describe('requests in flight', () => {
  it('are told apart: a second one with the same seqno is refused, the first goes on', async () => {
    const release: (() => void)[] = []
    const { url } = await serve({}, (server) =>
      server.handle('anything', () => new Promise((resolve) => release.push(() => resolve(1)))),
    )
    const peer = await connect(url)
    for (const _ of [1, 2]) peer.send('{"cmd":"anything","seqno":"a"}')
    expect(await peer.text()).toContain('"status":400,"msg":"seqno \\"a\\" is already in flight"')
    release[0]?.()
    expect(await peer.text()).toContain('"status":0')
    peer.send('{"cmd":"anything","seqno":"a"}')
    await peer.settled()
    release[1]?.()
    expect(await peer.text()).toContain('"status":0')
  })

  it('are bounded, with and without seqno', async () => {
    const { url } = await serve({ limits: { maxInFlight: 2 } }, (server) =>
      server.handle('anything', () => new Promise(() => undefined)),
    )
    const peer = await connect(url)
    for (const message of ['{"cmd":"anything"}', '{"cmd":"anything"}', '{"cmd":"anything","seqno":"c"}'])
      peer.send(message)
    expect(await peer.text()).toBe(
      '{"cmd":"anything","seqno":"c","status":429,"msg":"at most 2 requests may be in flight","data":{"retryAfterMs":1000}}',
    )
  })
})

describe('what throws when it is looked at', () => {
  const hostile = {
    get name(): string {
      throw new Error('the cause')
    },
  }

  it.each([
    ['at once', () => hostile],
    ['later', async () => hostile],
  ])('is answered with 500 when a handler returns it %s', async (_when, handler) => {
    const { url, failures } = await serve({}, (server) => server.handle('register', handler))
    const peer = await connect(url)
    peer.send(register('a', { uid: 1 }))
    expect(await peer.text()).toBe('{"cmd":"register","seqno":"a","status":500,"msg":"internal error","data":{}}')
    expect(failures).toMatchObject([{ kind: 'handler_threw', error: { message: 'the cause' }, seqno: 'a' }])
  })
})

describe('a contract whose schema is broken', () => {
  const broken = { type: 'string', pattern: '([' }

  it.each([
    ['request', 'check_failed'],
    ['response', 'handler_threw'],
  ])('of a %s: its command is answered with 500, the others are served', async (where, kind) => {
    const commands = testContract.commands.map((command) =>
      command.cmd === 'anything' ? { ...command, [where]: broken } : command,
    )
    const { url, failures } = await serve({ contract: { ...testContract, commands } }, (server) =>
      server.handle('anything', async () => 'x').handle('quick', () => ({})),
    )
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"a","data":"x"}')
    expect(await peer.text()).toBe('{"cmd":"anything","seqno":"a","status":500,"msg":"internal error","data":{}}')
    expect(failures).toMatchObject([{ kind, cmd: 'anything', seqno: 'a' }])
    peer.send('{"cmd":"quick","seqno":"b"}')
    expect(await peer.text()).toContain('"seqno":"b","status":0')
  })
})

describe('what a handler returns beyond its schema', () => {
  const user = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } as const
  const contract: Contract = {
    commands: [
      {
        cmd: 'anything',
        request: {},
        response: user,
        errors: { taken: { status: 1_001, data: user } },
        idempotent: false,
      },
    ],
    pushes: [{ cmd: 'news', data: user }],
    types: {},
  }
  const row = { name: 'ada', passwordHash: 'x' }

  it.each(['json', 'another codec'])('stays in the server: responses, error data and pushes, by %s', async (kind) => {
    const codec = kind === 'json' ? {} : { codec: { ...jsonCodec, name: 'other' } }
    const { url, server } = await serve({ contract, ...codec }, (fresh) =>
      fresh.handle('anything', (c) => {
        c.push('news', row as never)
        server.broadcast('news', row as never)
        return c.seqno === 'error' ? c.error('taken' as never, row as never) : row
      }),
    )
    const peer = await connect(url)
    peer.send('{"cmd":"anything","seqno":"ok"}')
    peer.send('{"cmd":"anything","seqno":"error"}')
    const seen: string[] = []
    while (seen.length < 6) seen.push(await peer.text())
    expect(seen.map((text) => JSON.parse(text).data)).toEqual(Array(6).fill({ name: 'ada' }))
  })
})
