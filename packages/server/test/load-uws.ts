import { createRequire } from 'node:module'
import type { UwsApp } from '@wsrv/server/uws'

/** What the tests need of uWebSockets.js. */
export interface Uws {
  App(): UwsApp & { listen(host: string, port: number, listening: (socket: unknown) => void): unknown }
  us_listen_socket_close(socket: unknown): void
  us_socket_local_port(socket: unknown): number
}

/** uWebSockets.js as the bench has installed it, or why it is not there: it is binary, and not for every Node. */
export function loadUws(): Uws | { readonly missing: string } {
  try {
    return createRequire(new URL('../../../bench/package.json', import.meta.url))(NAME) as Uws
  } catch (error) {
    return { missing: `${NAME} of bench/package.json does not load: ${(error as Error).message.split('\n')[0]}` }
  }
}

const NAME = '@trufflesuite/uws-js-unofficial'
