import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createWsTransport } from '@wsrv/server'
import { uwsAdapter } from '@wsrv/server/uws'
import { type AdapterHost, describeServerTransport } from '@wsrv/testing'
import { it } from 'vitest'
import { httpAdapter } from '../src/ws/http-adapter.ts'
import { loadUws, type Uws } from './load-uws.ts'

describeServerTransport('ws', startHttp, { namesViolations: true, pausesReading: true })

const uws = loadUws()
if ('missing' in uws) it.skip(`uwsAdapter as a server transport: ${uws.missing}`)
else describeServerTransport('uwsAdapter', () => startUws(uws), { namesViolations: false, pausesReading: false })

async function startHttp(): Promise<AdapterHost> {
  const http = createServer()
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  return {
    adapter: httpAdapter(http, createWsTransport({ maxMessageBytes: 1_000 })),
    url: `ws://127.0.0.1:${port}`,
    close: () => http.close(),
  }
}

async function startUws({ App, us_listen_socket_close, us_socket_local_port }: Uws): Promise<AdapterHost> {
  const app = App()
  const socket = await new Promise((resolve) => app.listen('127.0.0.1', 0, resolve))
  return {
    adapter: uwsAdapter(app),
    url: `ws://127.0.0.1:${us_socket_local_port(socket)}`,
    close: () => us_listen_socket_close(socket),
  }
}
