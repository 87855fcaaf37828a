import { io } from 'socket.io-client'
import type { BenchClient } from '../contestant.ts'

export async function connect(port: number): Promise<BenchClient> {
  const socket = io(`ws://127.0.0.1:${port}`, { transports: ['websocket'] })
  await new Promise<void>((resolve) => socket.on('connect', resolve))
  return { echo: (note) => socket.emitWithAck('echo', note), close: () => socket.close() }
}
