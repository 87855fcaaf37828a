import { WsrvClient } from '@wsrv/client'
import { until } from '@wsrv/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { type GoLikeHandler, GoLikeServer, NO_ANSWER } from './go-like-server.ts'

const closers: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

describe('against a plain wsrv server on real sockets, the client', () => {
  it.each(['text', 'binary'] as const)('calls and hears pushes in %s frames', async (messageType) => {
    const { client } = await connect(
      {
        register: (data, connection) => connection.push('user_register', data),
        userinfo: () => ({ name: 'é' }),
        nothing: () => null,
      },
      { messageType },
    )
    const uids: unknown[] = []
    client.on('user_register', (data) => uids.push(data))
    await expect(client.call({ cmd: 'register' }, { uid: 1001 })).resolves.toEqual({})
    expect(uids).toEqual([{ uid: 1001 }])
    await expect(client.call({ cmd: 'userinfo' }, {})).resolves.toEqual({ name: 'é' })
    await expect(client.call({ cmd: 'nothing' }, {})).resolves.toBeNull()
  })

  it('goes on when every reserved command is answered with -1, and takes that for a sign of life', async () => {
    const { client, server } = await connect({ echo: (data) => data }, { extensions: true, heartbeatIntervalMs: 20 })
    const states: string[] = []
    client.onState((state) => states.push(state))
    await expect(client.call({ cmd: 'echo' }, { n: 1 })).resolves.toEqual({ n: 1 })
    await until(() => server.frames.filter((frame) => frame.includes('$ping')).length > 3)
    expect(states).toEqual(['open'])
    expect(client.roundTripMs).toBeGreaterThan(0)
  })

  it('rejects an unknown command with not_implemented', async () => {
    const { client } = await connect({})
    await expect(client.call({ cmd: 'nope' }, {})).rejects.toMatchObject({
      code: 'not_implemented',
      status: -1,
      msg: 'not implement',
    })
  })

  it('keeps a thousand calls in flight apart', async () => {
    const { client } = await connect({ echo: (data) => data })
    const calls = Array.from({ length: 1_000 }, (_, n) => client.call({ cmd: 'echo' }, { n }))
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 1_000 }, (_, n) => ({ n })))
  })

  it('sends a heartbeat when idle', async () => {
    const { client, server } = await connect({ echo: (data) => data }, { heartbeatIntervalMs: 5 })
    await client.connect()
    await until(() => server.frames.length > 1)
    expect(new Set(server.frames)).toEqual(new Set(['']))
  })

  it('comes back to a server that was restarted, with its idempotent calls and subscriptions', async () => {
    const { client, server } = await connect({ read: () => NO_ANSWER, write: () => NO_ANSWER })
    const pushed = new Promise((resolve) => client.on('ready', resolve))
    const read = client.call({ cmd: 'read', idempotent: true }, {})
    read.catch(() => {})
    const write = client.call({ cmd: 'write' }, {})
    write.catch(() => {})
    await until(() => server.frames.length === 2)
    await server.close()
    await expect(write).rejects.toMatchObject({ code: 'outcome_unknown' })
    const restarted = await GoLikeServer.listen(
      {
        read: (_, connection) => {
          connection.push('ready', {})
          return 'read'
        },
      },
      server.port,
    )
    closers.push(() => restarted.close())
    await expect(read).resolves.toBe('read')
    await pushed
  })

  it('rejects what is pending when closed, and leaves no socket', async () => {
    const { client, server } = await connect({ never: () => NO_ANSWER })
    const call = client.call({ cmd: 'never' }, {})
    await until(() => server.frames.length === 1)
    client.close()
    await expect(call).rejects.toMatchObject({ code: 'outcome_unknown' })
  })
})

async function connect(
  handlers: Readonly<Record<string, GoLikeHandler>>,
  options: ConstructorParameters<typeof WsrvClient>[1] = {},
) {
  const server = await GoLikeServer.listen(handlers)
  const client = new WsrvClient(server.url, {
    extensions: false,
    maxInFlight: 1_000,
    reconnect: { minDelayMs: 20, maxDelayMs: 20 },
    ...options,
  })
  closers.push(
    () => server.close(),
    () => client.close(),
  )
  return { server, client }
}
