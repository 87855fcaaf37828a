import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createVite } from 'vite'
import { createQuickstartServer, type Log } from './server.ts'

/** The running quickstart. */
export interface Quickstart {
  /** Where the page is; the API is under `/ws`. */
  readonly url: string
  close(): Promise<void>
}

/** Serves the page and the API on one port of this machine, 0 takes a free one; the playground where a path is given. */
export async function serveQuickstart(port: number, log: Log, playground?: string): Promise<Quickstart> {
  const http = createHttpServer()
  const server = createQuickstartServer(log)
  server.attach(http, { path: '/ws', ...(playground !== undefined && { playground }) })

  const vite = await createVite({
    root: `${import.meta.dirname}/web`,
    configFile: false,
    logLevel: 'warn',
    server: { middlewareMode: true, hmr: { server: http } },
  })
  http.on('request', vite.middlewares)
  await new Promise<void>((resolve, reject) => http.once('error', reject).listen(port, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/`,
    close: async () => {
      await server.close({ drainMs: 1_000 })
      await vite.close()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}
