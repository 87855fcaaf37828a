import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { until } from '@wsrv/testing'
import { ROOT } from '../../codegen/test/temp-project.ts'
import { type Output, plainOutput } from '../src/output.ts'
import { type CliContext, runCli } from '../src/run-cli.ts'

/** What a run of the program said. */
export interface Said {
  readonly exitCode: number | null
  readonly out: string
  readonly err: string
}

/** Runs the program's code on this repository's contract, as if in a terminal without colours. */
export function talk(...args: readonly string[]): Promise<Said> {
  return begin(...args).ended
}

/** Begins what {@link talk} does: for a command that goes on until it is interrupted. */
export function begin(...args: readonly string[]): Running {
  return beginWith({}, ...args)
}

/** Begins a run with a terminal, or with a line that shows how far it is. */
export function beginWith(
  { status, ...context }: Pick<CliContext, 'terminal'> & Pick<Output, 'status'>,
  ...args: readonly string[]
): Running {
  const out: string[] = []
  const err: string[] = []
  const stop = new AbortController()
  const plain = plainOutput(
    (line) => void out.push(line),
    (line) => void err.push(line),
  )
  const output = { ...plain, ...(status !== undefined && { status }) }
  const ended = runCli(args, { ...context, cwd: ROOT, output, stop: stop.signal }).then((exitCode) => {
    return { exitCode, out: out.join('\n'), err: err.join('\n') }
  })
  let hasEnded = false
  void ended.then(() => {
    hasEnded = true
  })
  return {
    ended,
    said: async (pattern) => {
      let match: string | undefined
      await until(() => {
        match = pattern.exec([...out, ...err].join('\n'))?.[0]
        return match !== undefined || hasEnded
      })
      if (match === undefined) throw new Error(`it ended without saying ${pattern}: ${out.join('\n')}${err.join('\n')}`)
      return match
    },
    interrupt: () => stop.abort(),
  }
}

/** A run of the program. */
export interface Running {
  readonly ended: Promise<Said>
  /** Resolves with what matches, once it has said that. */
  said(pattern: RegExp): Promise<string>
  interrupt(): void
}

/** Starts the real program in this repository, its output piped. */
export function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...others } = process.env
  const bin = join(ROOT, 'packages/cli/src/bin.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', bin, ...args], { cwd: ROOT, env: { ...others, ...env } })
  let out = ''
  let err = ''
  let notice = (): void => {}
  const take = (data: Buffer, add: (text: string) => void): void => {
    add(String(data))
    notice()
  }
  child.stdout.on('data', (data) => take(data, (text) => (out += text)))
  child.stderr.on('data', (data) => take(data, (text) => (err += text)))
  return {
    ended: once(child, 'close').then(([exitCode]) => ({ exitCode, out, err })),
    said: (pattern) =>
      new Promise((resolve, reject) => {
        notice = () => {
          const [match] = pattern.exec(out + err) ?? []
          if (match !== undefined) resolve(match)
        }
        child.once('close', () => reject(new Error(`it ended without saying ${pattern}: ${out}${err}`)))
        notice()
      }),
    interrupt: () => void child.kill('SIGINT'),
  }
}

/** Splits a line as a POSIX shell does, as far as our documents use it; a comment at its end is left out. */
export function splitLine(line: string): readonly string[] {
  const [code = ''] = line.split(/\s+#/)
  return [...code.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''))
}
