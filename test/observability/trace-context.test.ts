import { AsyncLocalStorage } from 'node:async_hooks'
import { createWebSocketTransport, WsrvClient, withTraceContext } from '@wsrv/client'
import { expect, it, onTestFinished } from 'vitest'
import { createEchoServer } from '../support/echo-server.ts'

const parentOf = (span: string): string => `00-0af7651916cd43dd8448eb211c80319c-${span.padStart(16, '0')}-01`

it('a server’s handler sees the trace context in which its client made each call', async () => {
  const server = createEchoServer().handle('work', (c) => c.traceparent ?? null)
  const { url } = await server.listen(0, { host: '127.0.0.1' })
  const current = new AsyncLocalStorage<string>()
  const codec = withTraceContext(() => current.getStore())
  const client = new WsrvClient(url, { codec, transport: createWebSocketTransport() })
  onTestFinished(async () => {
    client.close()
    await server.close()
  })
  const ask = (): Promise<unknown> => client.call({ cmd: 'work' }, {})
  await expect(ask()).resolves.toBeNull()
  const traced = ['a', 'b', 'c'].map((span) => current.run(parentOf(span), ask))
  await expect(Promise.all(traced)).resolves.toEqual(['a', 'b', 'c'].map(parentOf))
  await expect(ask()).resolves.toBeNull()
})
