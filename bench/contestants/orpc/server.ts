import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer } from 'ws'
import { serve } from '../../job/serve.ts'
import { router } from './router.ts'

const handler = new RPCHandler(router)

await serve(
  (port) =>
    new Promise<void>((resolve) => {
      const wss = new WebSocketServer({ port }, resolve)
      wss.on('connection', (socket) => handler.upgrade(socket))
    }),
)
