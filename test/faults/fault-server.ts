import type { Failure, Server, ServerOptions } from '@wsrv/server'
import { FakeClock } from '@wsrv/testing'
import { onTestFinished } from 'vitest'
import { createEchoServer, type EchoApi } from '../support/echo-server.ts'
import { frame } from '../support/frame.ts'
import { TcpPeer } from '../support/tcp-peer.ts'

/** A listening echo server whose time stands still, for one test; nothing is left of it after. */
export interface FaultServer {
  readonly server: Server<EchoApi>
  readonly clock: FakeClock
  /** What it reported as its own failures. */
  readonly failures: Failure[]
  /** Connects a peer that is gone after the test. */
  connect(): Promise<TcpPeer>
  readonly port: number
}

/** Makes a server with options that may be faulty, and lets it listen. */
export async function serveFaulty(
  options: ServerOptions<EchoApi> = {},
  prepare: (server: Server<EchoApi>) => void = () => undefined,
): Promise<FaultServer> {
  const clock = new FakeClock()
  const failures: Failure[] = []
  const observer = { failed: (failure: Failure) => failures.push(failure) }
  const server = createEchoServer({ clock, observer, ...options })
  prepare(server)
  const { port } = await server.listen(0, { host: '127.0.0.1' })
  const peers: TcpPeer[] = []
  onTestFinished(async () => {
    for (const peer of peers) peer.destroy()
    await server.close({ drainMs: 0 })
    await clock.advance(0)
    if (clock.pendingTimers > 0) throw new Error(`${clock.pendingTimers} timers are left`)
  })
  const connect = async (): Promise<TcpPeer> => {
    const peer = await TcpPeer.open(port)
    peers.push(peer)
    return peer
  }
  return { server, clock, failures, connect, port }
}

/** Sends a request of `cmd` under a seqno. */
export function send(peer: TcpPeer, cmd: string, seqno: string): void {
  peer.send(frame(0x81, JSON.stringify({ cmd, seqno, data: {} })))
}

/** The reply of a failure, as {@link TcpPeer.next} says it. */
export function failure(seqno: string, status: number, msg: string): string {
  return `text ${JSON.stringify({ cmd: 'work', seqno, status, msg, data: {} })}`
}
