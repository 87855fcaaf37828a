import { createServer as createHttpServer } from 'node:http'
import { createServer as createVite } from 'vite'
import { createQuickstartServer } from './server.ts'

/** The page and the API on one port: `PORT`, or 8800. */
const port = Number(process.env['PORT'] ?? 8_800)

const http = createHttpServer()
const server = createQuickstartServer((line) => console.log(line))
server.attach(http, { path: '/ws' })

const vite = await createVite({
  root: `${import.meta.dirname}/web`,
  configFile: false,
  appType: 'spa',
  server: { middlewareMode: true, hmr: { server: http } },
})
http.on('request', vite.middlewares)
http.listen(port, '127.0.0.1', () => console.log(`quickstart: http://127.0.0.1:${port}/`))

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await server.close({ drainMs: 1_000 })
    await vite.close()
    http.close()
  })
}
