import { isIP } from 'node:net'
import type { WsrvClient } from '@wsrv/client'
import { callOf } from '../client/call-of.ts'
import { type ConnectionOptions, openClient, rootFailure } from '../client/connection.ts'
import { readCall } from '../client/read-call.ts'
import type { CommandContext } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { onInterrupt } from '../interrupted.ts'
import { loadContract } from '../load-contract.ts'
import { count, type Output } from '../output.ts'
import { reportProblems, reportUsage } from '../report.ts'
import { jsonLine } from '../show/json-text.ts'
import { printable } from '../show/printable.ts'
import { barText } from '../show/progress-bar.ts'
import { msText } from '../show/round-trips.ts'
import { type BenchResult, runBench } from './run-bench.ts'

/** What `wsrv bench` takes. */
export interface BenchOptions extends ConnectionOptions {
  readonly data?: string
  readonly connections?: number
  readonly inFlight?: number
  readonly duration?: number
  readonly yes?: boolean
  readonly json?: boolean
}

/** A call of the command line. */
export interface BenchCall {
  readonly cmd: string
  readonly words: readonly string[]
}

/** Loads a server and shows how it answered. */
export async function bench({ cmd, words }: BenchCall, options: BenchOptions, context: CommandContext): Promise<void> {
  const { cwd, output, finish, exit } = context
  const { url, yes, raw, connections = 10, inFlight = 1, duration = 10_000 } = options
  if (!yes && !isLoopback(url))
    return finish(reportUsage([`${url} is not on this machine: --yes loads it all the same.`]))
  const loaded = raw ? { contract: undefined } : await loadContract(options, cwd)
  if ('diagnostics' in loaded) return finish(reportProblems(EXIT.usage, loaded.diagnostics))
  const { contract } = loaded
  const read = readCall(cmd, contract, { words, json: options.data })
  if ('problems' in read) return finish(reportUsage(read.problems))
  const stop = new AbortController()
  const clients = Array.from({ length: connections }, (_, at) => {
    return openClient(options, contract, at === 0 ? output : { ...output, error: () => {} }).client
  })
  const end = (): void => {
    stop.abort()
    for (const client of clients) client.close()
  }
  const forget = onInterrupt(end, context.stop)
  const progressed = (calls: number, elapsedMs: number): void => {
    output.status?.(`${barText(elapsedMs / duration)} ${calls.toLocaleString('en')} calls`)
  }
  try {
    await connectAll(clients)
    const plan = {
      send: callOf(cmd, contract),
      data: read.data,
      clients,
      inFlight,
      durationMs: duration,
      progressed,
    }
    const result = await runBench({ ...plan, stop: stop.signal })
    output.status?.('')
    showResult(output, result, { connections, inFlight, json: options.json ?? !output.isTerminal })
    exit(stop.signal.aborted ? EXIT.interrupted : exitOf(result))
  } catch (error) {
    if (stop.signal.aborted) return exit(EXIT.interrupted)
    output.error(`no connection to ${url}: ${printable((rootFailure(error) as Error).message)}`)
    exit(EXIT.noConnection)
  } finally {
    forget()
    end()
  }
}

/** Whether a server is on this machine, so that only its owner feels the load. */
function isLoopback(url: string): boolean {
  const { hostname } = new URL(url)
  if (hostname === 'localhost' || hostname === '[::1]') return true
  return isIP(hostname) === IPV4 && hostname.startsWith('127.')
}

const IPV4 = 4

/** Some at a time, so that a server's backlog of handshakes does not overflow. */
async function connectAll(clients: readonly WsrvClient[]): Promise<void> {
  for (let at = 0; at < clients.length; at += HANDSHAKES) {
    await Promise.all(clients.slice(at, at + HANDSHAKES).map((client) => client.connect()))
  }
}

const HANDSHAKES = 100

function exitOf({ failures }: BenchResult): 0 | 1 {
  return Object.keys(failures).length === 0 ? EXIT.ok : EXIT.refused
}

interface Shown {
  readonly connections: number
  readonly inFlight: number
  readonly json: boolean
}

function showResult(output: Output, result: BenchResult, { connections, inFlight, json }: Shown): void {
  const { info, colors } = output
  if (json) {
    info(jsonLine({ connections, inFlight, ...result }))
    return
  }
  const { calls, seconds, perSecond, failures, ...times } = result
  const many = `${count(connections, 'connection')} × ${inFlight}`
  info(
    `${colors.bold(`${perSecond.toLocaleString('en')} calls/s`)}: ${calls.toLocaleString('en')} in ${seconds.toFixed(1)} s over ${many}`,
  )
  for (const [code, number] of Object.entries(failures))
    info(`${colors.red(printable(code))} ${number.toLocaleString('en')}`)
  const { minMs, p50Ms, p90Ms, p99Ms, p999Ms, maxMs } = times
  const parts = [
    ['min', minMs],
    ['p50', p50Ms],
    ['p90', p90Ms],
    ['p99', p99Ms],
    ['p99.9', p999Ms],
    ['max', maxMs],
  ] as const
  info(parts.map(([name, ms]) => `${name} ${msText(ms)}`).join(' '))
}
