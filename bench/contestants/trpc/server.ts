import { applyWSSHandler } from '@trpc/server/adapters/ws'
import { WebSocketServer } from 'ws'
import { serve } from '../../job/serve.ts'
import { router } from './router.ts'

await serve(
  (port) =>
    new Promise<void>((resolve) => {
      const wss = new WebSocketServer({ port }, resolve)
      applyWSSHandler({ wss, router, keepAlive: { enabled: true, pingMs: 30_000, pongWaitMs: 5_000 } })
    }),
)
