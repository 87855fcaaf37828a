import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { GENERATOR } from '../build/paths.ts'
import { end, LOAD_CORE, spawnPinned } from './pinned.ts'
import { type ProcessTimes, readProcessTimes } from './process-times.ts'

/** What a generator counted between two marks. Latencies are of calls at a fixed rate only, from when each was due. */
export interface Counted {
  readonly replies: number
  readonly pushes: number
  /** Calls that were due and could not be made: the server was too far behind. */
  readonly skipped: number
  readonly p50Us: number
  readonly p99Us: number
  readonly p999Us: number
}

/** The load's process, pinned to its core. */
export class Generator {
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>
  #complaint = ''

  private constructor(child: ChildProcess) {
    this.#child = child
    if (child.stdout === null || child.stderr === null) throw new Error('the generator was started without its streams')
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    child.stderr.on('data', (bytes) => {
      this.#complaint += String(bytes)
    })
  }

  /** Starts it; resolves when every connection is ready. */
  static async start(words: readonly string[]): Promise<Generator> {
    const generator = new Generator(spawnPinned(LOAD_CORE, [GENERATOR, ...words], { stdio: 'pipe' }))
    await generator.#next()
    return generator
  }

  /** Begins the load. */
  begin(): void {
    this.#child.stdin?.write('start\n')
  }

  /** Reads what was counted since the last mark, and counts anew. */
  async mark(): Promise<Counted> {
    this.#child.stdin?.write('mark\n')
    return (await this.#next()) as Counted
  }

  times(): ProcessTimes {
    return readProcessTimes(this.#child.pid ?? 0)
  }

  end(): Promise<void> {
    return end(this.#child)
  }

  async #next(): Promise<unknown> {
    const { value, done } = await this.#lines.next()
    if (done) throw new Error(this.#complaint.trim() || 'the generator ended')
    return JSON.parse(value)
  }
}
