import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseRecording, type Recording } from '@wsrv/protocol/recording'
import {
  parseRule,
  type ReplayDifference,
  type ReplayReport,
  type ReplayRule,
  replayRecording,
} from '@wsrv/testing/recording'
import { parseJson } from '../client/read-value.ts'
import type { CommandContext } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { count, type Output } from '../output.ts'
import { reportUsage } from '../report.ts'
import { diffText, showDiff } from '../show/diff-text.ts'
import { jsonLine } from '../show/json-text.ts'
import { printable } from '../show/printable.ts'

/** What `wsrv replay` takes. */
export interface ReplayCommandOptions {
  readonly url: string
  readonly ignore?: readonly string[]
  readonly auth?: string
  readonly timeoutMs: number
  readonly json?: boolean
}

/** Replays a recording and shows what differs. */
export async function runReplay(file: string, options: ReplayCommandOptions, context: CommandContext): Promise<void> {
  const { cwd, output, finish, exit } = context
  const { url, auth, timeoutMs, ignore = [] } = options
  const read = readAll(await readFile(resolve(cwd, file), 'utf8'), ignore)
  if ('problem' in read) return finish(reportUsage([`${file}: ${read.problem}`]))
  const replayed = await replay(read, { url, timeoutMs, ...(auth !== undefined && { auth: parseJson(auth) ?? auth }) })
  if ('unreachable' in replayed) {
    output.error(`no connection to ${url}: ${replayed.unreachable}`)
    return exit(EXIT.noConnection)
  }
  const { differences } = replayed
  if (options.json) for (const difference of differences) output.info(jsonLine(difference))
  else showDifferences(output, replayed, file)
  return exit(differences.length === 0 ? EXIT.ok : EXIT.refused)
}

interface ReplayInput {
  readonly recording: Recording
  readonly rules: readonly ReplayRule[]
}

function readAll(text: string, ignore: readonly string[]): ReplayInput | { readonly problem: string } {
  try {
    return { recording: parseRecording(text), rules: ignore.map(parseRule) }
  } catch (error) {
    return { problem: (error as Error).message }
  }
}

async function replay(
  { recording, rules }: ReplayInput,
  options: { readonly url: string; readonly timeoutMs: number; readonly auth?: unknown },
): Promise<ReplayReport | { readonly unreachable: string }> {
  try {
    return await replayRecording(recording, { ...options, rules })
  } catch (error) {
    return { unreachable: (error as Error).message }
  }
}

function showDifferences(output: Output, { compared, differences }: ReplayReport, file: string): void {
  const { colors, error, info } = output
  for (const difference of differences) {
    const { line, connection, what } = difference
    const where = line === undefined ? 'not recorded' : `${file}:${line}`
    error(`${colors.red('✗')} ${colors.bold(printable(what))} ${colors.dim(`${where}, connection ${connection}`)}`)
    showDiff(output, diffText(textOf(difference.recorded), textOf(difference.came)))
  }
  const summary = `${compared} compared, ${count(differences.length, 'difference')}`
  if (differences.length === 0) info(`${colors.green('✓')} ${summary}`)
  else error(colors.red(summary))
}

/** A message over several lines, so that a diff shows the one that differs. */
function textOf(value: ReplayDifference['came']): string {
  if (value === undefined) return ''
  return `${JSON.stringify(value, null, 2).split('\n').map(printable).join('\n')}\n`
}
