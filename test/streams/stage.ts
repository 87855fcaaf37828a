import { openStream, type Stream, WsrvClient } from '@wsrv/client'
import type { Contract } from '@wsrv/schema'
import { type Context, createServer, type Server, type ServerOptions } from '@wsrv/server'
import { silentLogger, until } from '@wsrv/testing'
import { onTestFinished } from 'vitest'
import { TcpProxy } from '../scenarios/tcp-proxy.ts'

/** What the generator would write for {@link contract}. */
export interface Api {
  commands: {
    rows: {
      request: { readonly to?: number }
      stream: unknown
      response: { rows: number }
      errors: { broken: Record<string, unknown> }
    }
  }
  pushes: Record<never, never>
  session: Record<never, never>
}

/** A contract with one stream. */
export const contract: Contract = {
  commands: [
    {
      cmd: 'rows',
      request: { type: 'object' },
      stream: {},
      response: { type: 'object', properties: { rows: { type: 'integer' } }, required: ['rows'] },
      errors: { broken: { status: 1_001, data: { type: 'object' } } },
      idempotent: false,
    },
  ],
  pushes: [],
  types: {},
}

type Rows = AsyncGenerator<unknown, { rows: number }, undefined>

/** A real server behind a proxy that can cut the link, and a real client. */
export interface Stage {
  readonly server: Server<Api>
  readonly client: WsrvClient
  readonly proxy: TcpProxy
  /** Opens the stream. */
  rows(options?: {
    readonly signal?: AbortSignal
    readonly timeoutMs?: number
    readonly idempotent?: boolean
  }): Stream<number, { rows: number }>
}

/** Plays with a server whose only command is this stream. */
export async function play(
  stream: (c: Context<Api, 'rows'>) => Rows,
  options: ServerOptions<Api> & { readonly contract?: Contract } = {},
): Promise<Stage> {
  const server = createServer<Api>(options.contract ?? contract, {
    logger: silentLogger,
    handlers: { rows: stream as never },
    ...options,
  })
  const { port } = await server.listen(0, { host: '127.0.0.1', path: '/ws' })
  const proxy = await TcpProxy.listen(() => port)
  const client = new WsrvClient(`ws://127.0.0.1:${proxy.port}/ws`, {
    reconnect: { minDelayMs: 1, maxDelayMs: 5 },
    onProblem: () => {},
  })
  onTestFinished(async () => {
    client.close()
    await server.close({ drainMs: 0 })
    await proxy.close()
  })
  await until(() => client.state === 'open')
  const info = { cmd: 'rows', errors: [[1_001, 'broken']] as const }
  return {
    server,
    client,
    proxy,
    rows: ({ idempotent = false, ...more } = {}) => openStream(client, { ...info, idempotent }, {}, more),
  }
}
