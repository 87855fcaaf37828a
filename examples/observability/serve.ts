import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from '../quickstart/generated/server.ts'
import { handlers } from '../quickstart/handlers/index.ts'
import { CONTENT_TYPE, createPrometheus } from './prometheus.ts'

/** The running example. */
export interface Observed {
  /** Where the metrics are, under `/metrics`; the API is under `/ws`. */
  readonly url: string
  close(): Promise<void>
}

/** Serves the quickstart's API and its metrics on one port; 0 takes a free one. */
export async function serveObserved(port: number): Promise<Observed> {
  const prometheus = createPrometheus()
  const server = createServer({ handlers, observer: prometheus.observer })
  const http = createHttpServer((request, response) => {
    if (request.url !== '/metrics') response.writeHead(404).end()
    else response.writeHead(200, { 'Content-Type': CONTENT_TYPE }).end(prometheus.write())
  })
  server.attach(http, { path: '/ws' })
  await new Promise<void>((resolve, reject) => http.once('error', reject).listen(port, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/`,
    close: async () => {
      await server.close({ drainMs: 1_000 })
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}
