import { afterEach, beforeEach, expect, it, type MockInstance, vi } from 'vitest'
import * as ws from 'ws'
import { createEchoServer, reply, request } from '../support/echo-server.ts'
import { frame } from '../support/frame.ts'
import { TcpPeer } from '../support/tcp-peer.ts'

/** The reader of frames that `ws` has for itself; its types do not mention it. */
const { Receiver } = ws as unknown as { Receiver: { prototype: { _write(...args: unknown[]): void } } }

// A `ws` that listens to its socket in another way would read every frame itself: correct, and a quarter of the CPU lost.

const server = createEchoServer()
let peer: TcpPeer
let receives: MockInstance

beforeEach(async () => {
  const { port } = await server.listen(0, { host: '127.0.0.1' })
  peer = await TcpPeer.open(port)
  receives = vi.spyOn(Receiver.prototype, '_write')
})

afterEach(async () => {
  receives.mockRestore()
  peer.destroy()
  await server.close({ drainMs: 0 })
})

it('usual messages are read by the frame scanner: ws’s own Receiver never sees them', async () => {
  const messages = ['a', 'b', 'c'].map((seqno) => frame(0x81, request('echo', seqno)))
  peer.send(Buffer.concat(messages))
  for (const seqno of ['a', 'b', 'c']) expect(await peer.next()).toBe(reply('echo', seqno))
  expect(receives).not.toHaveBeenCalled()

  const text = request('echo', 'd')
  peer.send(Buffer.concat([frame(0x01, text.slice(0, 5)), frame(0x80, text.slice(5))]))
  expect(await peer.next()).toBe(reply('echo', 'd'))
  expect(receives, 'a fragmented message is left to ws').toHaveBeenCalled()
})
