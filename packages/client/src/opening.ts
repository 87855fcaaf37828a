import { EXTENSION, NO_CLOSE_FRAME } from '@wsrv/protocol'
import type { Calls } from './calls.ts'
import type { Caller, CallOptions } from './client-options.ts'
import type { CommandInfo } from './command-info.ts'
import { CLIENT, disconnected, textOf } from './failure.ts'
import type { FreshConnection } from './link.ts'
import type { Settings } from './settings.ts'

/** What {@link openConnection} works with. */
export interface OpeningOptions {
  readonly calls: Calls
  readonly settings: Pick<Settings, 'setup' | 'commands'>
  /** Sends `$hello` and waits for its answer. */
  hello(connection: FreshConnection): Promise<void>
  /** `$hello` was answered: calls that belong to the connection may leave. */
  greeted(connection: FreshConnection): void
  /** Whether the connection goes on with a session that was set up. */
  isSetUp(): boolean
  /** `setup` is done. */
  done(): void
  /** Called with what `setup` threw. */
  readonly setupFailed: (error: unknown) => void
}

/** Leads a fresh connection to `open`: `$hello`, then the application's `setup`. PROTOCOL.md §Connection states. */
export async function openConnection(connection: FreshConnection, options: OpeningOptions): Promise<void> {
  const { setup } = options.settings
  try {
    connection.begin(EXTENSION.hello)
    await options.hello(connection)
    if (!connection.isCurrent()) return
    options.greeted(connection)
    if (setup && !options.isSetUp()) await setUp(connection, setup, options)
    options.done()
    connection.ready()
  } catch (cause) {
    connection.fail({ code: NO_CLOSE_FRAME, reason: textOf(cause), cause })
  }
}

async function setUp(
  connection: FreshConnection,
  setup: NonNullable<Settings['setup']>,
  { calls, settings, setupFailed }: OpeningOptions,
): Promise<void> {
  let isBound = true
  const caller: Caller = {
    call: <Response>(info: CommandInfo, data: unknown, options?: CallOptions) =>
      connection.isCurrent()
        ? (calls.start(info, data, { ...options, isBound }) as Promise<Response>)
        : Promise.reject(disconnected({ ...CLIENT, cmd: info.cmd }, undefined)),
  }
  connection.begin('setup')
  try {
    await setup({ ...settings.commands?.(caller), ...caller })
  } catch (error) {
    if (connection.isCurrent()) setupFailed(error)
    throw error
  }
  isBound = false
}
