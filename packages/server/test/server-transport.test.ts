import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createWsTransport } from '@wsrv/server'
import { uwsEntrance } from '@wsrv/server/uws'
import { it } from 'vitest'
import { httpEntrance } from '../src/ws/http-entrance.ts'
import { loadUws, type Uws } from './load-uws.ts'
import { describeServerTransport, type EntranceHost } from './server-transport-contract.ts'

describeServerTransport('ws', startHttp, { namesViolations: true, pausesReading: true })

const uws = loadUws()
if ('missing' in uws) it.skip(`uwsEntrance as a server transport: ${uws.missing}`)
else describeServerTransport('uwsEntrance', () => startUws(uws), { namesViolations: false, pausesReading: false })

async function startHttp(): Promise<EntranceHost> {
  const http = createServer()
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  return {
    entrance: httpEntrance(http, createWsTransport({ maxMessageBytes: 1_000 })),
    url: `ws://127.0.0.1:${port}`,
    close: () => http.close(),
  }
}

async function startUws({ App, us_listen_socket_close, us_socket_local_port }: Uws): Promise<EntranceHost> {
  const app = App()
  const socket = await new Promise((resolve) => app.listen('127.0.0.1', 0, resolve))
  return {
    entrance: uwsEntrance(app),
    url: `ws://127.0.0.1:${us_socket_local_port(socket)}`,
    close: () => us_listen_socket_close(socket),
  }
}
