import { script } from '@bomb.sh/tab'

/** The script with which a shell asks `wsrv complete -- <words>` while a line is typed. */
export function shellScript(shell: string): string {
  const { log } = console
  const lines: unknown[] = []
  // The library prints; what asked for the script decides where it goes.
  console.log = (line) => void lines.push(line)
  try {
    script(shell, 'wsrv', 'wsrv')
  } finally {
    console.log = log
  }
  return lines.join('\n')
}
