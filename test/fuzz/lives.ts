import { frame } from '../support/frame.ts'
import type { TcpPeer } from '../support/tcp-peer.ts'
import { below, pick, type Random } from './random-bytes.ts'

/** One connection that misbehaves, from its beginning to its end. */
export interface Life {
  /** Connects as this life does: with a handshake or without. */
  readonly begin: (port: number) => Promise<TcpPeer>
  readonly bytes: Buffer
  readonly random: Random
}

/** Lives one life: writes its bytes in random pieces, leaves in a random way, and reads what the server said. */
export async function live(port: number, { begin, bytes, random }: Life): Promise<TcpPeer> {
  const peer = await begin(port)
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + below(random, random() < 0.05 ? 5 : bytes.length)
    peer.send(bytes.subarray(at, end))
    at = end
    if (random() < 0.2) await new Promise((resolve) => setImmediate(resolve))
  }
  await leave(peer, pick(random, ['close', 'end', 'destroy', 'reset']))
  return peer
}

async function leave(peer: TcpPeer, how: 'close' | 'end' | 'destroy' | 'reset'): Promise<void> {
  if (how === 'close') peer.send(frame(0x88, Buffer.of(0x03, 0xe8)))
  if (how === 'destroy') peer.socket.destroy()
  else if (how === 'reset') peer.socket.resetAndDestroy()
  else peer.socket.end()
  await peer.ended()
  peer.destroy()
}
