import type { ConnectionEvents, OutgoingMessage } from '@wsrv/server'
import { describe, expect, it } from 'vitest'
import { MemoryPeer } from './memory-peer.ts'
import { MemoryServerConnection } from './memory-server-connection.ts'

const message = (payload: string): OutgoingMessage => ({
  payload,
  isBinary: false,
  isShared: false,
  frame: undefined,
  kind: 'push',
  label: 'tick',
  holders: 0,
})

async function open() {
  const [client, server]: unknown[][] = [[], []]
  const peer = new MemoryPeer('memory:', {
    opened: () => undefined,
    received: (payload) => client?.push(payload),
    closed: ({ code }) => client?.push(code),
  })
  const connection = new MemoryServerConnection(peer, { headers: {} } as never)
  const events: ConnectionEvents = {
    received: (payload) => server?.push(payload),
    ponged: () => server?.push('ponged'),
    progressed: () => undefined,
    drained: () => server?.push('drained'),
    exceeded: () => undefined,
    closed: (code) => server?.push(code),
  }
  connection.serve(events)
  peer.open()
  await Promise.resolve()
  return { peer, connection, client, server }
}

describe('a server connection in memory', () => {
  it('holds what a stalled client does not read, and reports when it has', async () => {
    const { peer, connection, client, server } = await open()
    peer.stall()
    connection.send([message('a'), message('bé'), message('c')], 0, 2)
    await Promise.resolve()
    expect([connection.bufferedBytes, client, server]).toEqual([4, [], []])
    peer.flow()
    await Promise.resolve()
    await Promise.resolve()
    expect([connection.bufferedBytes, client, server]).toEqual([0, ['a', 'bé'], ['drained']])
    peer.stall()
    connection.close(4000, '')
    await Promise.resolve()
    expect(client?.length).toBe(2)
    peer.flow()
    await Promise.resolve()
    await Promise.resolve()
    expect([client?.at(-1), server]).toEqual([4000, ['drained', 4000]])
  })

  it('holds what a client sends while it is paused', async () => {
    const { peer, connection, server } = await open()
    connection.pause()
    peer.connection.send('one')
    await Promise.resolve()
    expect(server).toEqual([])
    connection.resume()
    peer.connection.send('two')
    await Promise.resolve()
    expect(server).toEqual(['one', 'two'])
  })
})
