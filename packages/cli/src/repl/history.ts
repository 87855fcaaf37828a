import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** Most lines that are remembered. */
export const MAX_HISTORY = 1_000

/** Where lines are remembered: XDG Base Directory Specification, `XDG_STATE_HOME`. */
function historyFile(): string {
  const { XDG_STATE_HOME: state } = process.env
  return join(state || join(homedir(), '.local', 'state'), 'wsrv', 'history')
}

/** Lines of earlier runs, the latest first; none when there is no file that can be read. */
export function loadHistory(): string[] {
  try {
    return readFileSync(historyFile(), 'utf8').split('\n').filter(Boolean).slice(0, MAX_HISTORY)
  } catch {
    return []
  }
}

/** Remembers lines, for their author only; those that begin with a space are left out, as in a shell. */
export function saveHistory(lines: readonly string[]): void {
  const kept = lines.filter((line) => !line.startsWith(' ')).slice(0, MAX_HISTORY)
  try {
    mkdirSync(dirname(historyFile()), { recursive: true })
    writeFileSync(historyFile(), `${kept.join('\n')}\n`, { mode: 0o600 })
  } catch {
    // A home that cannot be written must not keep anyone from calling.
  }
}
