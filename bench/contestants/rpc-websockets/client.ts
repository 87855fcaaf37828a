import { Client } from 'rpc-websockets'
import type { Note } from '../../job/note.ts'
import type { BenchClient } from '../contestant.ts'

export async function connect(port: number): Promise<BenchClient> {
  const client = new Client(`ws://127.0.0.1:${port}`)
  await new Promise<void>((resolve) => client.once('open', resolve))
  return { echo: (note) => client.call('echo', { ...note }) as Promise<Note>, close: () => client.close() }
}
