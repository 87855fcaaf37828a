import { NO_CLOSE_FRAME, type Payload } from '@wsrv/protocol'
import type { Adapter, ConnectionEvents, OutgoingMessage, PendingUpgrade, ServerConnection } from '@wsrv/server'
import { until } from '@wsrv/testing'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import { connect, type RawPeer, refusal } from './raw-peer.ts'

/** A place to run the contract: a way in, and where it leads. */
export interface AdapterHost {
  readonly adapter: Adapter
  /** Without a path: `ws://127.0.0.1:8800`. */
  readonly url: string
  close(): unknown
}

/** What server transports may differ in. */
export interface AdapterTraits {
  /** Whether a peer that breaks a rule is told by a close code which one; else it is only dropped. RFC 6455 §7.1.7. */
  readonly namesViolations: boolean
  /** Whether a peer that does not read is not read either. */
  readonly pausesReading: boolean
}

/** The one contract of every server transport and its adapter: an implementation's test is one call. */
export function describeServerTransport(
  name: string,
  start: () => Promise<AdapterHost>,
  { namesViolations, pausesReading }: AdapterTraits,
): void {
  describe(`${name} as a server transport`, () => {
    let door: Door
    beforeEach(async () => {
      const { adapter, url, close } = await start()
      door = new Door(`${url}/ws`)
      const giveBack = adapter.open({ path: '/ws', maxMessageBytes: MAX_MESSAGE_BYTES }, door.onUpgrade)
      onTestFinished(async () => {
        giveBack()
        giveBack()
        await close()
      })
    })

    describePendingUpgrades(() => door)
    describeMessages(() => door)
    describeClosing(() => door)
    describeViolations(() => door, namesViolations)
    describePausing(() => door, pausesReading)
  })
}

const MAX_MESSAGE_BYTES = 1_000

function describePendingUpgrades(door: () => Door): void {
  it('tells the request: url, headers, address', async () => {
    const { connection } = await door().open('?a=1&b', { headers: { Cookie: 'c=1', 'X-Who': 'me' } })
    const { url, headers, socket } = connection.request
    expect(url).toBe('/ws?a=1&b')
    expect(headers).toMatchObject({ cookie: 'c=1', 'x-who': 'me', host: new URL(door().url).host })
    expect(socket.remoteAddress).toMatch(/^(::ffff:)?127\.0\.0\.1$/)
  })

  it('negotiates neither a subprotocol nor an extension', async () => {
    const { peer } = await door().open('', {
      perMessageDeflate: true,
      headers: { 'Sec-WebSocket-Protocol': 'chat, superchat' },
    })
    expect([peer.socket.protocol, peer.socket.extensions]).toEqual(['', ''])
  })

  it('refuses with a status and headers', async () => {
    door().greet = (upgrade) => upgrade.refuse({ status: 401, headers: { 'WWW-Authenticate': 'Bearer' } })
    expect(await refusal(door().url)).toBe(401)
    door().greet = (upgrade) => upgrade.refuse({ status: 503 })
    expect(await refusal(door().url)).toBe(503)
  })

  it('lets in, or refuses, who had to wait', async () => {
    const waiting: PendingUpgrade[] = []
    door().greet = (upgrade) => void waiting.push(upgrade)
    const opening = connect(door().url)
    await until(() => waiting.length === 1)
    const unwatch = waiting[0]?.watch(() => expect.unreachable())
    unwatch?.()
    waiting[0]?.accept(door().begin)
    expect((await opening).socket.readyState).toBe(WebSocket.OPEN)
    const refused = refusal(door().url)
    await until(() => waiting.length === 2)
    waiting[1]?.refuse({ status: 403 })
    expect(await refused).toBe(403)
  })

  it('takes an answer for a client that is gone', async () => {
    const waiting: PendingUpgrade[] = []
    door().greet = (upgrade) => void waiting.push(upgrade)
    const sockets = [new WebSocket(door().url), new WebSocket(door().url)]
    for (const socket of sockets) socket.on('error', () => undefined)
    await until(() => waiting.length === 2)
    const unwatch = waiting.map((upgrade) => upgrade.watch(() => undefined))
    for (const socket of sockets) socket.terminate()
    door().greet = (upgrade) => upgrade.accept(door().begin)
    await (await door().open()).peer.settled()
    for (const end of unwatch) end()
    waiting[0]?.refuse({ status: 403 })
    waiting[1]?.accept(door().begin)
    const [, late] = door().probes
    await until(() => late === undefined || late.closed.length > 0)
  })
}

function describeMessages(door: () => Door): void {
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

  it('pings, tells of the pong, and answers the peer’s ping', async () => {
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
}

function describeClosing(door: () => Door): void {
  it('closes after what was sent, with a code and a reason; tells once, and not from within', async () => {
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
    const peer = await connect(door().url)
    expect(await peer.closed()).toEqual({ code: 4001, reason: 'full' })
    await until(() => (door().probes[0]?.closed.length ?? 0) > 0)
    expect(door().probes[0]?.closed).toEqual([[4001, 'full']])
  })

  it('tells the code and reason of the peer', async () => {
    const { peer, probe } = await door().open()
    peer.socket.close(4003, 'bye')
    await until(() => probe.closed.length > 0)
    expect(probe.closed).toEqual([[4003, 'bye']])
    const silent = await door().open()
    silent.peer.socket.close()
    await until(() => silent.probe.closed.length > 0)
    expect(silent.probe.closed).toEqual([[1005, '']])
  })

  it('terminates at once, without a close frame', async () => {
    const { peer, connection, probe } = await door().open()
    connection.terminate()
    connection.terminate()
    expect((await peer.closed()).code).toBe(NO_CLOSE_FRAME)
    await until(() => probe.closed.length > 0)
    expect(probe.closed.map(([code]) => code)).toEqual([NO_CLOSE_FRAME])
  })

  it('tells of a connection that broke', async () => {
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

function describeViolations(door: () => Door, namesViolations: boolean): void {
  const fails = async ({ peer, probe }: Opened, code: number): Promise<void> => {
    expect((await peer.closed()).code).toBe(namesViolations ? code : NO_CLOSE_FRAME)
    await until(() => probe.closed.length > 0)
    expect(probe.closed).toEqual([[NO_CLOSE_FRAME, expect.any(String)]])
  }

  it('receives up to four times the largest message, tells of a larger one and fails its connection', async () => {
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

function describePausing(door: () => Door, pausesReading: boolean): void {
  const stuff = async (): Promise<Opened> => {
    const opened = await door().open()
    opened.peer.socket.pause()
    for (let sent = 0; sent < 20; sent += 1) opened.connection.send([message('x'.repeat(1_000_000))])
    opened.peer.send('one')
    for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    return opened
  }

  if (pausesReading)
    it('does not read a peer that does not read, until it does', async () => {
      const { peer, probe } = await stuff()
      expect(probe.received).toEqual([])
      peer.socket.resume()
      await until(() => probe.received.length === 1)
      peer.send('two')
      await until(() => probe.received.length === 2)
    })

  if (pausesReading)
    it('reads it for a while after a ping, for signs of life', async () => {
      const { peer, connection, probe } = await stuff()
      connection.ping()
      await until(() => probe.received.length === 1)
      connection.send([message('more')])
      peer.send('two')
      for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      expect(probe.received).toHaveLength(1)
      connection.close(4429, 'slow')
      peer.socket.resume()
      expect(await peer.closed()).toEqual({ code: 4429, reason: 'slow' })
    })
}

/** Both ends of a connection. */
interface Opened {
  readonly peer: RawPeer
  readonly connection: ServerConnection
  readonly probe: Probe
}

/** What the transport told of a connection. */
interface Probe {
  readonly received: (readonly [payload: Payload, bytes: number])[]
  readonly closed: (readonly [code: number, reason: string])[]
  pongs: number
  excesses: number
}

/** Stands at the adapter, lets everybody in unless told otherwise, and notes what happens. */
class Door {
  readonly url: string
  readonly probes: Probe[] = []
  readonly connections: ServerConnection[] = []
  arrived = 0
  greet: (upgrade: PendingUpgrade) => void = (upgrade) => upgrade.accept(this.begin)

  constructor(url: string) {
    this.url = url
  }

  readonly onUpgrade = (upgrade: PendingUpgrade): void => {
    this.arrived += 1
    this.greet(upgrade)
  }

  readonly begin = (connection: ServerConnection): ConnectionEvents => {
    const probe: Probe = { received: [], closed: [], pongs: 0, excesses: 0 }
    this.connections.push(connection)
    this.probes.push(probe)
    return {
      received: (payload, bytes) => probe.received.push([payload, bytes]),
      ponged: () => {
        probe.pongs += 1
      },
      exceeded: () => {
        probe.excesses += 1
      },
      closed: (code, reason) => probe.closed.push([code, reason]),
    }
  }

  /** Connects a peer that is let in. */
  async open(query = '', options: ClientOptions = {}): Promise<Opened> {
    const peer = await connect(this.url + query, options)
    const [connection, probe] = [this.connections.at(-1), this.probes.at(-1)]
    if (connection === undefined || probe === undefined) throw new Error('the peer was not let in')
    return { peer, connection, probe }
  }
}

function message(payload: Payload): OutgoingMessage {
  return { payload, isBinary: typeof payload !== 'string', isShared: false, frame: undefined }
}

/** Bytes as numbers, whatever view they come in. */
function plain(payload: Payload): string | number[] {
  return typeof payload === 'string' ? payload : [...payload]
}
