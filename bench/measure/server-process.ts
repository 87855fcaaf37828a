import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { program } from '../build/paths.ts'
import type { Contestant } from '../contestants/contestant.ts'
import type { Answer, Question } from '../job/serve.ts'
import { end, SERVER_CORE, spawnPinned } from './pinned.ts'
import { type ProcessTimes, readProcessTimes } from './process-times.ts'

/** What of a contestant its server's process needs. */
export type ServerProgram = Pick<Contestant, 'folder' | 'env'>

/** A contestant's server in a process of its own, pinned to its core. */
export class ServerProcess {
  readonly pid: number
  readonly port: number
  /** From the process's start until it listened, in ms. */
  readonly startMs: number
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, port: number, startMs: number) {
    this.#child = child
    this.pid = child.pid ?? 0
    this.port = port
    this.startMs = startMs
  }

  /** Starts it; resolves when it listens, rejects when it ends before. */
  static async start({ folder, env }: ServerProgram): Promise<ServerProcess> {
    const port = await freePort()
    const begun = performance.now()
    const command = [process.execPath, '--expose-gc', ...nodeFlags(), program(`contestants/${folder}/server`)]
    const child = spawnPinned(SERVER_CORE, command, {
      env: { ...process.env, ...env, PORT: String(port), NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    await new Promise((resolve, reject) => {
      child.once('message', resolve)
      child.once('exit', (code) => reject(new Error(`the server of ${folder} ended with ${code} before it listened`)))
    })
    return new ServerProcess(child, port, performance.now() - begun)
  }

  times(): ProcessTimes {
    return readProcessTimes(this.pid)
  }

  /** Asks the server's process something: see {@link Question}. */
  ask(question: Question): Promise<number> {
    return new Promise((resolve) => {
      this.#child.once('message', (answer: Answer) => resolve('value' in answer ? answer.value : 0))
      this.#child.send(question)
    })
  }

  end(): Promise<void> {
    return end(this.#child)
  }
}

/** More flags for the servers: `BENCH_NODE_FLAGS='--cpu-prof --cpu-prof-dir=profiles'` shows where the time goes. */
function nodeFlags(): string[] {
  return (process.env['BENCH_NODE_FLAGS'] ?? '').split(' ').filter((flag) => flag !== '')
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
