import { setupServer } from 'msw/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket as NodeSocket } from 'ws'
import { contract } from '../../../examples/quickstart/generated/contract.ts'
import type { Api, Context } from '../../../examples/quickstart/generated/server.ts'
import { createMswMock } from '../src/msw.ts'
import { until } from '../src/until.ts'

const URL = 'ws://example.org/ws'
const own = { register: (c: Context<'register'>) => c.error('uid_taken', c.data) }
const { mock, handlers } = createMswMock<Api>(URL, contract, { handlers: own })
const msw = setupServer(...handlers)
const { WebSocket: before } = globalThis

beforeAll(() => {
  // What a browser has, and Node from version 22 on: MSW replaces the one that it finds.
  globalThis.WebSocket = NodeSocket as unknown as typeof WebSocket
  msw.listen()
})
afterAll(async () => {
  await mock.close({ drainMs: 0 })
  msw.close()
  globalThis.WebSocket = before
})

/** A page's socket, and what it was sent. */
async function open() {
  const socket = new WebSocket(`${URL}?from=page`)
  socket.binaryType = 'arraybuffer'
  const messages: unknown[] = []
  socket.addEventListener('message', ({ data }) => messages.push(data))
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)))
  await until(() => socket.readyState === socket.OPEN)
  const next = async () => {
    await until(() => messages.length > 0)
    return messages.shift()
  }
  return { socket, next, closed }
}

describe('a mock behind MSW', () => {
  it('answers a page as a server does, in the frame type that it uses', async () => {
    const { socket, next } = await open()
    socket.send('{"cmd":"userinfo","seqno":"seqno-0001","data":{}}')
    expect(JSON.parse(String(await next()))).toMatchObject({
      seqno: 'seqno-0001',
      status: 0,
      data: { name: expect.any(String) },
    })
    socket.send(new TextEncoder().encode('{"cmd":"register","seqno":"seqno-0002","data":{"uid":7}}'))
    const answer = new TextDecoder().decode((await next()) as ArrayBuffer)
    expect(JSON.parse(answer)).toMatchObject({ status: 1001, data: { uid: 7 } })
    socket.close()
    await until(() => mock.server.sessions.size === 0)
  })

  it('pushes, and closes with the code of the server', async () => {
    const { next, closed } = await open()
    await until(() => mock.server.sessions.size === 1)
    mock.server.broadcast('have_user_left', { uid: 3 })
    expect(JSON.parse(String(await next()))).toMatchObject({ cmd: 'have_user_left', data: { uid: 3 } })
    for (const session of mock.server.sessions.values()) session.close(4_100)
    expect(await closed).toBe(4_100)
  })
})
