import { createWriteStream } from 'node:fs'
import { resolve } from 'node:path'
import { startRecorder } from '@wsrv/testing/recording'
import type { CommandContext } from '../command.ts'
import { interrupted } from '../interrupted.ts'
import { count } from '../output.ts'
import { jsonLine } from '../show/json-text.ts'

/** What `wsrv record` takes. */
export interface RecordOptions {
  readonly server: string
  readonly out?: string
  readonly port: number
  readonly host: string
}

/** Records until the process is asked to end. */
export async function runRecord(options: RecordOptions, { cwd, output, stop }: CommandContext): Promise<void> {
  const { server, out, port, host } = options
  const file = out === undefined ? undefined : createWriteStream(resolve(cwd, out))
  // A file that cannot be written ends the program before a client has connected.
  if (file !== undefined) await new Promise((opened, failed) => file.once('open', opened).once('error', failed))
  let lines = 0
  const recorder = await startRecorder({
    ...{ server, port, host },
    record: (line) => {
      lines += 1
      if (file === undefined) output.info(jsonLine(line))
      else file.write(`${jsonLine(line)}\n`)
    },
  }).catch((error) => {
    file?.destroy()
    throw error
  })
  output.error(`Connect clients to ${recorder.url} in place of ${server}; Ctrl-C ends it.`)
  await interrupted(stop)
  await recorder.close()
  if (file !== undefined) await new Promise<void>((closed) => file.end(closed))
  output.error(`${count(lines, 'line')} of ${count(recorder.connections, 'connection')}${out ? ` in ${out}` : ''}`)
}
