import { WsrvClient } from '@wsrv/client'
import type { News, Note } from '../../job/note.ts'
import type { BenchClient } from '../contestant.ts'

const echo = { cmd: 'echo', idempotent: true }

export async function connect(port: number): Promise<BenchClient> {
  const client = new WsrvClient<{ news: News }>(`ws://127.0.0.1:${port}`)
  await client.connect()
  return { echo: (note) => client.call<Note>(echo, note), close: () => client.close() }
}
