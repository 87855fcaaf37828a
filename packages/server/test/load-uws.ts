import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { UwsApp } from '@wsrv/server/uws'

/** What the tests need of uWebSockets.js. */
export interface Uws {
  App(): UwsApp & { listen(host: string, port: number, listening: (socket: unknown) => void): unknown }
  us_listen_socket_close(socket: unknown): void
  us_socket_local_port(socket: unknown): number
}

/** uWebSockets.js, or why it is not there: it is a binary, published for some platforms and versions of Node only. */
export function loadUws(): Uws | { readonly missing: string } {
  const { platform, arch, versions } = process
  const require = createRequire(import.meta.url)
  const binary = `uws_${platform}_${arch}_${versions.modules}.node`
  try {
    return require(join(dirname(require.resolve(`${NAME}/package.json`)), 'binaries', binary)) as Uws
  } catch (error) {
    return { missing: `${NAME} has no ${binary} that loads: ${(error as Error).message.split('\n')[0]}` }
  }
}

const NAME = '@trufflesuite/uws-js-unofficial'
