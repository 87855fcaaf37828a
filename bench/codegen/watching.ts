import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Project } from './write-project.ts'

/** A `wsrv codegen --watch` that runs. */
export interface Watching {
  /** Saves one schema file with another description, and waits until everything is written; in ms. */
  rebuild(): Promise<number>
  close(): Promise<void>
}

/** Starts the watch, and waits until it watches. */
export async function startWatching(bin: string, { folder, edited }: Project): Promise<Watching> {
  const child = spawn(process.execPath, [bin, 'codegen', '--watch'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const until = async (wanted: RegExp): Promise<void> => {
    for (;;) {
      const { value, done } = await lines.next()
      if (done) throw new Error(`wsrv codegen --watch ended before it said ${wanted}`)
      if (wanted.test(value)) return
    }
  }
  await until(/watching/)
  const path = join(folder, edited)
  const original = readFileSync(path, 'utf8')
  let edits = 0
  return {
    rebuild: async () => {
      edits += 1
      writeFileSync(path, original.replace(/description: 'An order of area \d+/, `$& (edit ${edits})`))
      const savedAt = performance.now()
      await until(/files? written/)
      const tookMs = performance.now() - savedAt
      if (!readFileSync(join(folder, 'generated/client.ts'), 'utf8').includes(`(edit ${edits})`)) {
        throw new Error('the watch said that it wrote, and the client is still the old one')
      }
      return tookMs
    },
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      writeFileSync(path, original)
    },
  }
}
