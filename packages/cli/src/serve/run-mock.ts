import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { isReservedCmd } from '@wsrv/protocol'
import { parseRecording } from '@wsrv/protocol/recording'
import type { Contract } from '@wsrv/schema'
import {
  checkScript,
  createMock,
  type MockFaults,
  type MockScript,
  type ScheduledPush,
  scriptOfRecording,
} from '@wsrv/testing/mock'
import type { CommandContext, ProjectOptions } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { interrupted } from '../interrupted.ts'
import { loadContract } from '../load-contract.ts'
import type { Output } from '../output.ts'
import { reportProblems, reportUsage } from '../report.ts'
import { jsonLine } from '../show/json-text.ts'
import { printable } from '../show/printable.ts'
import { msText, rounded } from '../show/round-trips.ts'

/** What `wsrv mock` takes. */
export interface MockCommandOptions extends ProjectOptions {
  readonly port: number
  readonly host: string
  readonly path: string
  readonly seed: number
  readonly script?: string
  readonly push?: readonly ScheduledPush[]
  readonly latency?: MockFaults['latencyMs']
  readonly errors?: number
  readonly drops?: number
  readonly slow?: number
  readonly slowBy?: number
  readonly play?: boolean
  readonly json?: boolean
}

/** Serves a mock until the process is asked to end. */
export async function runMock(
  options: MockCommandOptions,
  { cwd, output, finish, stop }: CommandContext,
): Promise<void> {
  const loaded = await loadContract(options, cwd)
  if ('diagnostics' in loaded) return finish(reportProblems(EXIT.usage, loaded.diagnostics))
  const { contract } = loaded
  const read = await readScript(options, contract, cwd)
  if ('problems' in read) return finish(reportUsage(read.problems))
  const { seed, latency, errors, drops, slow, slowBy } = options
  const mock = createMock(contract, {
    seed,
    script: read.script,
    nowMs: Date.now(),
    faults: { latencyMs: latency, errorRate: errors, dropRate: drops, slowRate: slow, slowMs: slowBy },
    // A page that is developed against it comes from another port.
    server: { allowedOrigins: '*', observer: { requestEnded: (ended) => showRequest(output, ended, options) } },
  })
  try {
    const { host, port, path, play } = options
    const { url } = await mock.server.listen(port, { host, path, ...(play && { playground: PLAYGROUND }) })
    const page = new URL(`${PLAYGROUND}/`, url.replace(/^ws/, 'http'))
    output.error(`The mock is at ${url}${play ? `, its playground at ${page}` : ''}; Ctrl-C ends it.`)
    await interrupted(stop)
  } finally {
    await mock.close({ drainMs: 0 })
  }
}

const PLAYGROUND = '/play'

type ReadScript = { readonly script: MockScript } | { readonly problems: readonly string[] }

/** The script of the file, or of none, with the pushes of the command line. */
async function readScript(options: MockCommandOptions, contract: Contract, cwd: string): Promise<ReadScript> {
  const { script: file, push = [] } = options
  const written = file === undefined ? {} : await readScriptFile(file, contract, cwd)
  if (Array.isArray(written)) return { problems: written as readonly string[] }
  const script = written as MockScript
  const wrong = checkScript({ pushes: push }, contract).map((problem) => problem.replace(/^pushes\[\d+\]/, '--push'))
  return wrong.length > 0 ? { problems: wrong } : { script: { ...script, pushes: [...(script.pushes ?? []), ...push] } }
}

/** A script, or what is wrong with it. */
async function readScriptFile(file: string, contract: Contract, cwd: string): Promise<MockScript | readonly string[]> {
  const text = await readFile(resolve(cwd, file), 'utf8')
  try {
    if (/^\s*\{\s*"wsrv"\s*:\s*"recording"/.test(text)) return scriptOfRecording(parseRecording(text))
    const script = JSON.parse(text) as MockScript
    const problems = checkScript(script, contract)
    return problems.length > 0 ? problems.map((problem) => `${file}: ${problem}`) : script
  } catch (error) {
    return [`${file}: ${(error as Error).message}`]
  }
}

interface Ended {
  readonly cmd: string
  readonly status: number
  readonly durationMs: number
}

/** A line for each request of the application. */
function showRequest(output: Output, { cmd, status, durationMs }: Ended, { json }: MockCommandOptions): void {
  if (isReservedCmd(cmd)) return
  const { colors } = output
  const shown = status === 0 ? colors.green('ok') : colors.red(String(status))
  if (json ?? !output.isTerminal) output.info(jsonLine({ cmd, status, durationMs: rounded(durationMs) }))
  else output.info(`${printable(cmd)} ${shown} ${colors.dim(msText(durationMs))}`)
}
