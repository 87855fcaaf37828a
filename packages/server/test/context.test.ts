import { type Context, createServer, type Middleware, type ServerArguments } from '@wsrv/server'
import { silentLogger } from '@wsrv/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connect } from './raw-peer.ts'
import { type TestApi, testContract } from './test-contract.ts'

/** What an application would declare in `handlers/context.ts`. */
interface AppContext {
  readonly names: Map<number, string>
}

interface Api extends TestApi {
  context: AppContext
}

/** An application's handler and middleware: they know the type of their context, and not where it comes from. */
const register = ({ context, data }: Context<Api, 'register'>) => ({ name: context.names.get(data.uid) ?? 'stranger' })
const mayEnter: Middleware<Api> = (c, next) => (c.context.names.size === 0 ? c.abort(503, 'empty') : next())

/** The URL of a server of that application, with another context each. */
async function listen(context: AppContext): Promise<string> {
  const server = createServer<Api>(testContract, { context, logger: silentLogger })
  server.use(mayEnter).handle('register', register)
  onTestFinished(() => server.close({ drainMs: 0 }))
  return (await server.listen(0, { host: '127.0.0.1' })).url
}

async function ask(url: string): Promise<unknown> {
  const peer = await connect(url)
  peer.send('{"cmd":"register","seqno":"a","data":{"uid":7}}')
  const { status, data } = JSON.parse(await peer.text())
  return status === 0 ? data.name : status
}

describe('the context', () => {
  it('reaches handlers and middleware, and another server has another', async () => {
    const [one, other, empty] = await Promise.all([
      listen({ names: new Map([[7, 'ann']]) }),
      listen({ names: new Map([[8, 'bob']]) }),
      listen({ names: new Map() }),
    ])
    expect(await Promise.all([one, other, empty].map(ask))).toEqual(['ann', 'stranger', 503])
  })

  it('is the very object: what changes in it is seen by the next request', async () => {
    const context = { names: new Map([[7, 'ann']]) }
    const url = await listen(context)
    expect(await ask(url)).toBe('ann')
    context.names.set(7, 'eve')
    expect(await ask(url)).toBe('eve')
  })

  it('is an empty object without the option, and when it is undefined', async () => {
    for (const options of [{}, { context: undefined } as object]) {
      const server = createServer<TestApi>(testContract, { ...options, logger: silentLogger })
      server.handle('anything', (c) => c.context)
      onTestFinished(() => server.close({ drainMs: 0 }))
      const peer = await connect((await server.listen(0, { host: '127.0.0.1' })).url)
      peer.send('{"cmd":"anything","seqno":"a"}')
      expect(JSON.parse(await peer.text())).toMatchObject({ status: 0, data: {} })
    }
  })

  it('that is not an object is refused by name', () => {
    for (const context of [null, 7, 'db', () => ({})]) {
      const [options] = [{ context }] as unknown as ServerArguments<Api>
      expect(() => createServer<Api>(testContract, options)).toThrow(/^context must be an object, got /)
    }
  })
})
