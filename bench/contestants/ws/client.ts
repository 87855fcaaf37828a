import { WebSocket } from 'ws'
import type { Note } from '../../job/note.ts'
import type { BenchClient } from '../contestant.ts'

/** What a team writes first: a counter, a map of pending calls, JSON. */
export async function connect(port: number): Promise<BenchClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`)
  const pending = new Map<string, (note: Note) => void>()
  let count = 0
  socket.on('message', (message) => {
    const { seqno, data } = JSON.parse(String(message))
    pending.get(seqno)?.(data)
    pending.delete(seqno)
  })
  await new Promise((resolve) => socket.once('open', resolve))
  return {
    echo: (note) =>
      new Promise((resolve) => {
        count += 1
        const seqno = String(count)
        pending.set(seqno, resolve)
        socket.send(JSON.stringify({ cmd: 'echo', seqno, data: note }))
      }),
    close: () => socket.close(),
  }
}
