import { createTRPCClient, createWSClient, wsLink } from '@trpc/client'
import { WebSocket } from 'ws'
import type { BenchClient } from '../contestant.ts'
import type { BenchRouter } from './router.ts'

export async function connect(port: number): Promise<BenchClient> {
  const socket = createWSClient({
    url: `ws://127.0.0.1:${port}`,
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
  })
  const client = createTRPCClient<BenchRouter>({ links: [wsLink({ client: socket })] })
  return { echo: (note) => client.echo.query({ ...note, items: [...note.items] }), close: () => socket.close() }
}
