import type { Socket } from 'node:net'
import { NO_CLOSE_FRAME } from '@wsrv/protocol'
import { expect, it } from 'vitest'
import { connectRaw } from './raw-peer.ts'
import { type Door, MAX_MESSAGE_BYTES, message, type Opened, turns } from './server-transport-door.ts'
import { until } from './until.ts'

/** How connections of a server transport end. */
export function describeClosing(door: () => Door): void {
  it('closes after what was sent, with a code and a reason; reports it once, and not from within', async () => {
    const { peer, connection, probe } = await door().open()
    connection.send([message('last')])
    connection.close(4001, 'enough')
    connection.close(4002, 'twice')
    expect(probe.closed).toEqual([])
    expect(await peer.text()).toBe('last')
    expect(await peer.closed()).toEqual({ code: 4001, reason: 'enough' })
    await until(() => probe.closed.length > 0)
    expect(probe.closed).toEqual([[4001, 'enough']])
  })

  it('may be closed while it begins', async () => {
    door().greet = (upgrade) =>
      upgrade.accept((connection) => {
        connection.close(4001, 'full')
        return door().begin(connection)
      })
    const peer = await connectRaw(door().url)
    expect(await peer.closed()).toEqual({ code: 4001, reason: 'full' })
    await until(() => (door().probes[0]?.closed.length ?? 0) > 0)
    expect(door().probes[0]?.closed).toEqual([[4001, 'full']])
  })

  it('reports the code and reason of the peer', async () => {
    const { peer, probe } = await door().open()
    peer.socket.close(4003, 'bye')
    await until(() => probe.closed.length > 0)
    expect(probe.closed).toEqual([[4003, 'bye']])
    const silent = await door().open()
    silent.peer.socket.close()
    await until(() => silent.probe.closed.length > 0)
    expect(silent.probe.closed).toEqual([[1005, '']])
  })

  it.each([
    ['in one piece with it', [[CLOSE_FRAME, LATE_TEXT, GARBAGE]]],
    ['in pieces', [[CLOSE_FRAME.subarray(0, 3)], [CLOSE_FRAME.subarray(3)], [LATE_TEXT.subarray(0, 1)], [GARBAGE]]],
    ['in a piece with its end', [[CLOSE_FRAME.subarray(0, 1)], [CLOSE_FRAME.subarray(1), LATE_TEXT, GARBAGE]]],
  ])('ignores what comes behind the close frame of the peer, %s', async (_, pieces) => {
    const { peer, probe } = await door().open()
    peer.socket.on('error', () => undefined)
    peer.send('before')
    // It does not see that it is answered, and so does not hang up meanwhile.
    peer.socket.pause()
    const { _socket: socket } = peer.socket as unknown as { readonly _socket: Socket }
    for (const piece of pieces) {
      socket.write(Buffer.concat(piece))
      await turns(5)
    }
    peer.socket.resume()
    const answeredAt = performance.now()
    await until(() => probe.closed.length > 0)
    // Nor do they hold the connection until its time to close is over.
    expect(performance.now() - answeredAt).toBeLessThan(4_000)
    expect([probe.received.map(([payload]) => payload), probe.closed]).toEqual([['before'], [[4003, 'bye']]])
  })

  it('terminates at once, without a close frame', async () => {
    const { peer, connection, probe } = await door().open()
    connection.terminate()
    connection.terminate()
    expect((await peer.closed()).code).toBe(NO_CLOSE_FRAME)
    await until(() => probe.closed.length > 0)
    expect(probe.closed.map(([code]) => code)).toEqual([NO_CLOSE_FRAME])
  })

  it('reports a connection that broke', async () => {
    const { peer, probe } = await door().open()
    peer.socket.terminate()
    await until(() => probe.closed.length > 0)
    expect(probe.closed.map(([code]) => code)).toEqual([NO_CLOSE_FRAME])
  })

  it('takes calls when it has closed, and does nothing', async () => {
    const { peer, connection, probe } = await door().open()
    peer.socket.terminate()
    await until(() => probe.closed.length > 0)
    connection.send([message('late')])
    connection.ping()
    connection.close(1000, '')
    connection.terminate()
    expect(connection.bufferedBytes).toBe(0)
  })
}

/** How it treats peers that break a rule. */
export function describeViolations(door: () => Door, namesViolations: boolean): void {
  const fails = async ({ peer, probe }: Opened, code: number): Promise<void> => {
    expect((await peer.closed()).code).toBe(namesViolations ? code : NO_CLOSE_FRAME)
    await until(() => probe.closed.length > 0)
    expect(probe.closed).toEqual([[NO_CLOSE_FRAME, expect.any(String)]])
  }

  it('receives up to four times the largest message, reports a larger one and fails its connection', async () => {
    const opened = await door().open()
    opened.peer.send('x'.repeat(4 * MAX_MESSAGE_BYTES))
    await until(() => opened.probe.received.length === 1)
    opened.peer.send('x'.repeat(4 * MAX_MESSAGE_BYTES + 1))
    await fails(opened, 1009)
    expect(opened.probe.excesses).toBe(1)
  })

  it('fails the connection of text that is not UTF-8', async () => {
    const opened = await door().open()
    opened.peer.socket.send(Buffer.from([0x7b, 0xff]), { binary: false })
    await fails(opened, 1007)
    expect(opened.probe.excesses).toBe(0)
    expect(opened.probe.received).toEqual([])
  })
}

/** Frames of a peer, masked with zeros. RFC 6455 §5.2. */
const CLOSE_FRAME = Buffer.concat([Buffer.from([0x88, 0x85, 0, 0, 0, 0, 4003 >> 8, 4003 & 0xff]), Buffer.from('bye')])
const LATE_TEXT = Buffer.concat([Buffer.from([0x81, 0x84, 0, 0, 0, 0]), Buffer.from('late')])
const GARBAGE = Buffer.alloc(100, 0xff)
