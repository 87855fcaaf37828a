import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'

/** A page with nothing but the client's bundle, which puts `WsrvClient` on `window`. */
export interface ClientPage {
  readonly http: Server
  readonly url: string
  close(): Promise<void>
}

/** What a careful site allows: its own scripts, its own sockets, and nothing else; no workers, no eval, no blobs. */
const STRICT_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"

const ROOT = `${import.meta.dirname}/../..`
const HTML =
  '<!doctype html><title>client</title><link rel="icon" href="data:,"><script type="module" src="/bundle.js"></script>'

/** Serves the page, under a strict Content-Security-Policy where asked. */
export async function serveClientPage({ isStrict = false } = {}): Promise<ClientPage> {
  const { outputFiles } = await build({
    stdin: {
      contents: "import { WsrvClient } from '@wsrv/client'; Object.assign(window, { WsrvClient })",
      resolveDir: ROOT,
    },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    minify: true,
    write: false,
  })
  const bundle = outputFiles[0]?.contents
  const http = createServer((request, response) => {
    if (isStrict) response.setHeader('Content-Security-Policy', STRICT_POLICY)
    const isBundle = request.url === '/bundle.js'
    response.setHeader('Content-Type', isBundle ? 'text/javascript' : 'text/html')
    response.end(isBundle ? bundle : HTML)
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    http,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/`,
    close: () => {
      http.closeAllConnections()
      return new Promise((resolve) => http.close(() => resolve()))
    },
  }
}
