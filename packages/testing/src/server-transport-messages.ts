import { PAUSE_BYTES } from '@wsrv/protocol'
import { expect, it } from 'vitest'
import { type Door, message, type Opened, plain, turns } from './server-transport-door.ts'
import { until } from './until.ts'

/** What a server transport does with messages, in both directions. */
export function describeMessages(door: () => Door): void {
  it('receives text as a string and binary as bytes, in order, with their size on the wire', async () => {
    const { peer, probe } = await door().open()
    peer.send('é')
    peer.send(Buffer.from([1, 2]))
    peer.send('')
    await until(() => probe.received.length === 3)
    expect(probe.received.map(([payload, bytes]) => [plain(payload), bytes])).toEqual([
      ['é', 2],
      [[1, 2], 2],
      ['', 0],
    ])
  })

  it('reports that a message is on its way, or is blind', async () => {
    const { peer, connection, probe } = await door().open()
    peer.send('whole')
    peer.socket.send('in ', { fin: false })
    await peer.settled()
    expect(probe.progress > 0).toBe(!connection.isBlind)
    peer.socket.send('parts')
    await until(() => probe.received.length === 2)
    expect(probe.received.map(([payload]) => payload)).toEqual(['whole', 'in parts'])
  })

  it('keeps received bytes whole for whoever holds them', async () => {
    const { peer, probe } = await door().open()
    for (let message = 0; message < 100; message += 1) peer.send(Buffer.alloc(500, message))
    await until(() => probe.received.length === 100)
    expect(probe.received.map(([payload]) => plain(payload))).toEqual(
      Array.from({ length: 100 }, (_, message) => Array(500).fill(message)),
    )
  })

  it('sends text and binary in order, short and long, shared and not', async () => {
    const { peer, connection } = await door().open()
    const texts = ['a', 'é', 'x'.repeat(126), '€'.repeat(50_000), '']
    connection.send(texts.map((text) => message(text)))
    connection.send([message('alone')])
    const shared = { ...message('all'), isShared: true }
    connection.send([shared])
    connection.send([shared, message(new Uint8Array([0x7b, 0xff])), message(Buffer.from('bytes'))])
    for (const text of [...texts, 'alone', 'all', 'all']) expect(await peer.frame()).toEqual({ text, isBinary: false })
    expect(await peer.frame()).toMatchObject({ isBinary: true })
    expect(await peer.frame()).toEqual({ text: 'bytes', isBinary: true })
  })

  it('pings, reports the pong, and answers the peer’s ping', async () => {
    const { peer, connection, probe } = await door().open()
    connection.ping()
    await until(() => probe.pongs === 1)
    await peer.settled()
  })

  it('counts the bytes that wait for a peer that does not read; none is lost', async () => {
    const { peer, connection } = await door().open()
    expect(connection.bufferedBytes).toBe(0)
    peer.socket.pause()
    const text = 'x'.repeat(1_000_000)
    for (let sent = 0; sent < 20; sent += 1) connection.send([message(text), message('end')])
    expect(connection.bufferedBytes).toBeGreaterThan(1_000_000)
    peer.socket.resume()
    for (let sent = 0; sent < 20; sent += 1) {
      expect((await peer.text()).length).toBe(1_000_000)
      expect(await peer.text()).toBe('end')
    }
    expect(connection.bufferedBytes).toBe(0)
  })

  it('sends a part of what it is given', async () => {
    const { peer, connection } = await door().open()
    const letters = ['a', 'b', 'c', 'd'].map((text) => message(text))
    connection.send(letters, 1, 3)
    connection.send(letters, 3)
    connection.send([message('€'), { ...message('s'), isShared: true }, message(Buffer.from('x'))], 1, 2)
    for (const text of ['b', 'c', 'd', 's']) expect(await peer.text()).toBe(text)
    expect(await peer.rest()).toEqual([])
  })

  it('reports that a full socket has drained, not before and not from within', async () => {
    const { peer, connection, probe } = await door().open()
    peer.socket.pause()
    while (connection.bufferedBytes < 4 * PAUSE_BYTES) connection.send([message('x'.repeat(PAUSE_BYTES))])
    const { drains } = probe
    await turns(100)
    expect(connection.bufferedBytes).toBeGreaterThanOrEqual(PAUSE_BYTES)
    expect(probe.drains).toBe(drains)
    peer.socket.resume()
    await until(() => probe.drains > drains)
    expect(connection.bufferedBytes).toBeLessThan(PAUSE_BYTES)
  })

  it('reports a drain for one large message that is sent to a reader', async () => {
    const { peer, connection, probe } = await door().open()
    peer.socket.pause()
    connection.send([message('x'.repeat(16_000_000))])
    expect(probe.drains).toBe(0)
    peer.socket.resume()
    await until(() => probe.drains > 0)
    expect((await peer.text()).length).toBe(16_000_000)
  })
}

/** How it stops receiving. */
export function describePausing(door: () => Door, pausesReading: boolean): void {
  const openPaused = async (): Promise<Opened> => {
    const opened = await door().open()
    opened.connection.pause()
    opened.connection.pause()
    opened.peer.send('one')
    await turns(100)
    return opened
  }

  if (pausesReading) describeReceiving(openPaused)

  it('takes pause and resume when it has closed, and where it cannot pause', async () => {
    const { peer, connection, probe } = await door().open()
    connection.pause()
    connection.resume()
    peer.socket.terminate()
    await until(() => probe.closed.length > 0)
    connection.pause()
    connection.resume()
  })
}

function describeReceiving(openPaused: () => Promise<Opened>): void {
  it('receives nothing while it is paused, and all of it when it is resumed', async () => {
    const { peer, connection, probe } = await openPaused()
    expect(probe.received).toEqual([])
    connection.resume()
    connection.resume()
    await until(() => probe.received.length === 1)
    peer.send('two')
    await until(() => probe.received.length === 2)
  })

  it('receives again after a ping, so that the pong is seen', async () => {
    const { connection, probe } = await openPaused()
    connection.ping()
    await until(() => probe.received.length === 1 && probe.pongs === 1)
  })

  it('may be closed while it is paused', async () => {
    const { peer, connection } = await openPaused()
    connection.close(4429, 'slow')
    expect(await peer.closed()).toEqual({ code: 4429, reason: 'slow' })
  })
}
