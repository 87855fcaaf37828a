import type { Contract } from '@wsrv/schema'
import { createServer, type Server, type ServerOptions } from '@wsrv/server'
import { silentLogger } from '@wsrv/testing'

/** The types behind the contract of {@link createEchoServer}. */
export interface EchoApi {
  commands: {
    /** Answers with its data. */
    echo: Open
    /** Whatever a test needs; −1 until it gives a handler. */
    work: Open
  }
  pushes: { news: unknown }
  session: Record<never, never>
}

interface Open {
  request: unknown
  response: unknown
  errors: Record<never, never>
}

/** A server that echoes: what tests of the layers below commands talk to. */
export function createEchoServer(options: ServerOptions<EchoApi> = {}): Server<EchoApi> {
  const server = createServer<EchoApi>(contract, { logger: silentLogger, ...options })
  return server.handle('echo', (c) => c.data)
}

/** A request of {@link createEchoServer}'s. */
export function request(cmd: keyof EchoApi['commands'], seqno: string, data: unknown = {}): string {
  return JSON.stringify({ cmd, seqno, data })
}

/** The reply to a {@link request}, as {@link TcpPeer.next} says it. */
export function reply(cmd: keyof EchoApi['commands'], seqno: string, data: unknown = {}): string {
  return `text ${JSON.stringify({ cmd, seqno, status: 0, msg: 'ok', data })}`
}

const contract: Contract = {
  commands: ['echo', 'work'].map((cmd) => ({ cmd, request: {}, response: {}, errors: {}, idempotent: false })),
  pushes: [{ cmd: 'news', data: {} }],
  types: {},
}
