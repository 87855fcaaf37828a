import { CommandError, LOCAL_CODES } from '@wsrv/protocol'
import { EXIT, type ExitCode } from '../exit-code.ts'
import type { Output } from '../output.ts'
import { jsonLine, jsonText } from './json-text.ts'
import { printable } from './printable.ts'

/** Shows on standard error what a call failed with: its code first, then the error's data; as one line of JSON for programs. */
export function showFailure({ error, colors }: Output, failure: CommandError, json: boolean): void {
  const { cmd, status, code, msg, data } = failure
  if (json) {
    error(jsonLine({ cmd, status, code, msg, data }))
    return
  }
  const ofStatus = status === undefined ? '' : colors.dim(` (status ${status})`)
  error(`${colors.red(`[${printable(code)}]`)} ${printable(cmd)}: ${printable(msg)}${ofStatus}`)
  if (typeof data === 'object' && data !== null && Object.keys(data).length > 0) error(jsonText(data, colors))
}

/** What the program exits with after a failure: whether the server refused, or could not be reached. */
export function exitOf(failure: unknown, wasOpen: boolean): ExitCode {
  if (!(failure instanceof CommandError)) return EXIT.refused
  if (failure.status !== undefined) return EXIT.refused
  const isLost = !wasOpen || (LOCAL_CODES as readonly string[]).includes(failure.code)
  return isLost ? EXIT.noConnection : EXIT.refused
}
