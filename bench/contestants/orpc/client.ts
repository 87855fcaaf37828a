import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { RouterClient } from '@orpc/server'
import { WebSocket } from 'ws'
import type { BenchClient } from '../contestant.ts'
import type { router } from './router.ts'

export async function connect(port: number): Promise<BenchClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`)
  await new Promise((resolve) => socket.once('open', resolve))
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
  const client: RouterClient<typeof router> = createORPCClient(link)
  return { echo: (note) => client.echo({ ...note, items: [...note.items] }), close: () => socket.close() }
}
