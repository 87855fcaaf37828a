import type { WsrvClient } from '@wsrv/client'
import { CommandError } from '@wsrv/protocol'
import type { Contract } from '@wsrv/schema'
import type { CommandContext } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { onInterrupt } from '../interrupted.ts'
import { exitOf, showFailure } from '../show/show-failure.ts'
import { type ConnectionOptions, openClient, rootFailure } from './connection.ts'

/** What runs while there is a connection. */
export interface ConnectedRun {
  readonly options: ConnectionOptions & { readonly json?: boolean }
  readonly contract: Contract | undefined
  /** Called once the client was made; `stop` is aborted when the process is asked to end. */
  run(client: WsrvClient, stop: AbortSignal): Promise<ExitCode>
}

/** Opens a client, runs what needs it, shows why that failed, and leaves nothing behind. */
export async function runConnected({ options, contract, run }: ConnectedRun, context: CommandContext): Promise<void> {
  const { output, exit } = context
  const { client, wasOpen } = openClient(options, contract, output)
  const stop = new AbortController()
  const forget = onInterrupt(() => stop.abort(), context.stop)
  try {
    exit(await run(client, stop.signal))
  } catch (error) {
    const failure = rootFailure(error)
    if (stop.signal.aborted) return exit(EXIT.interrupted)
    if (!(failure instanceof CommandError)) throw failure
    showFailure(output, failure, options.json ?? false)
    exit(exitOf(failure, wasOpen()))
  } finally {
    client.close()
    forget()
  }
}
