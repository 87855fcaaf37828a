import type { WsrvClient } from '@wsrv/client'
import { CommandError, EXTENSION, STATUS } from '@wsrv/protocol'
import type { Command } from 'commander'
import { addConnectionOptions, type ConnectionOptions } from '../client/connection.ts'
import { readWhole } from '../client/read-options.ts'
import { runConnected } from '../client/run-connected.ts'
import { waitConnected } from '../client/wait-connected.ts'
import { type CommandContext, JSON_OPTION } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Output } from '../output.ts'
import { jsonLine } from '../show/json-text.ts'
import { msText, rounded, showHistogram, sumUp } from '../show/round-trips.ts'

interface PingOptions extends Omit<ConnectionOptions, 'config' | 'contract' | 'raw'> {
  readonly count: number
  readonly json?: boolean
}

/** `wsrv ping`: how long messages take to a server and back. */
export function addPing(command: Command, context: CommandContext): void {
  addConnectionOptions(command)
    .option('--count <number>', 'round trips', readWhole(1, MAX_COUNT), DEFAULT_COUNT)
    .option(...JSON_OPTION)
    .action((options: PingOptions) => {
      const run = (client: WsrvClient, stop: AbortSignal) => ping(client, stop, { options, output: context.output })
      return runConnected({ options: { ...options, config: '' }, contract: undefined, run }, context)
    })
}

interface Ping {
  readonly options: PingOptions
  readonly output: Output
}

async function ping(client: WsrvClient, stop: AbortSignal, { options, output }: Ping): Promise<ExitCode> {
  await client.connect()
  const times: number[] = []
  while (times.length < options.count && !stop.aborted) {
    if (times.length > 0) await waitConnected(client, stop, PAUSE_MS)
    if (!stop.aborted) times.push(await roundTrip(client, stop))
  }
  if (times.length > 0) showTimes(output, times, options.json ?? !output.isTerminal)
  return stop.aborted ? EXIT.interrupted : EXIT.ok
}

/** Time of one round trip, in ms. A server without extensions answers, too: that it does not know the command. */
async function roundTrip(client: WsrvClient, signal: AbortSignal): Promise<number> {
  const startedAt = performance.now()
  try {
    await client.call({ cmd: EXTENSION.ping }, {}, { signal })
  } catch (error) {
    if (!(error instanceof CommandError && error.status === STATUS.not_implemented)) throw error
  }
  return performance.now() - startedAt
}

function showTimes(output: Output, measured: readonly number[], json: boolean): void {
  const { count, minMs, medianMs, p99Ms, maxMs } = sumUp(measured)
  if (json) {
    const times = { minMs: rounded(minMs), medianMs: rounded(medianMs), p99Ms: rounded(p99Ms), maxMs: rounded(maxMs) }
    output.info(jsonLine({ count, ...times }))
    return
  }
  const parts = [`min ${msText(minMs)}`, `median ${msText(medianMs)}`, `p99 ${msText(p99Ms)}`, `max ${msText(maxMs)}`]
  output.info(`${count} round trips: ${parts.join(', ')}`)
  showHistogram(output, measured)
}

const DEFAULT_COUNT = 10
const MAX_COUNT = 10_000

/** Between two round trips, so that one does not wait for the other's write. */
const PAUSE_MS = 50
