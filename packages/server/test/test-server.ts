import type { Contract } from '@wsrv/schema'
import { createServer, type Failure, type Server, type ServerOptions } from '@wsrv/server'
import { FakeClock, silentLogger } from '@wsrv/testing'
import { onTestFinished } from 'vitest'
import { type TestApi, testContract } from './test-contract.ts'

/** A listening server of the test contract, whose time stands still. */
export interface TestServer {
  readonly server: Server<TestApi>
  readonly url: string
  readonly clock: FakeClock
  /** What the server reported as its own failures. */
  readonly failures: Failure[]
}

/** How the server differs from the usual. */
export interface ServeOptions extends ServerOptions<TestApi> {
  /** Default {@link testContract}. */
  readonly contract?: Contract
}

/** Makes a server, lets it listen, and closes it after the test: then no timer is left. */
export async function serve(
  { contract = testContract, ...options }: ServeOptions = {},
  prepare: (server: Server<TestApi>) => void = () => undefined,
): Promise<TestServer> {
  const clock = new FakeClock()
  const failures: Failure[] = []
  const observer = [{ failed: (failure: Failure) => failures.push(failure) }, options.observer ?? []].flat()
  const server = createServer<TestApi>(contract, { clock, logger: silentLogger, ...options, observer })
  prepare(server)
  const { url } = await server.listen(0, { host: '127.0.0.1', path: '/ws' })
  onTestFinished(async () => {
    await server.close({ drainMs: 0 })
    await clock.advance(0)
    if (clock.pendingTimers > 0) throw new Error(`${clock.pendingTimers} timers are left`)
  })
  return { server, url, clock, failures }
}
