import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What a process cost from its start to its end, in ms. */
export interface Cost {
  readonly wallMs: number
  /** On cores, its children's time and the kernel's included. */
  readonly cpuMs: number
}

/** A program with its arguments, and the exit code that it must end with. */
export interface Job {
  readonly command: readonly string[]
  readonly cwd: string
}

/**
 * Runs a program to its end.
 *
 * @throws Error with what it said when it fails.
 */
export function timed({ command: [program = '', ...args], cwd }: Job): Cost {
  const before = childrenMs()
  const startedAt = performance.now()
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' })
  const wallMs = performance.now() - startedAt
  if (status !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return { wallMs, cpuMs: childrenMs() - before }
}

/** CPU time of every child that ended, in ms; a tick of /proc is 10 ms, proc(5). */
function childrenMs(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) * 10
}
