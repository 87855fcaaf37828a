import type { Connection, ConnectionClose, Transport } from '@wsrv/client'
import type { Payload } from '@wsrv/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

/** A place to run the transport contract: a transport under test and the server it connects to. */
export interface TransportHost {
  readonly transport: Transport
  /** Where the server listens. */
  readonly url: string
  /** Where no server listens. */
  readonly deadUrl: string
  /** The server's end of the next connection; called before it is made. */
  accept(): Promise<TransportHostPeer>
  close(): Promise<void>
}

/** The server's end of a connection of the contract. */
export interface TransportHostPeer {
  send(payload: Payload): void
  close(code: number, reason: string): void
  /** Ends the connection without a close frame. */
  drop(): void
  /** The next message of the client. */
  received(): Promise<Payload>
  /** The end of the connection as the server saw it. */
  closed(): Promise<ConnectionClose>
}

/** The one contract of every client transport: an implementation's test is one call. */
export function describeTransport(name: string, start: () => Promise<TransportHost>): void {
  describe(`${name} as a client transport`, () => {
    let host: TransportHost
    beforeEach(async () => {
      host = await start()
    })
    afterEach(() => host.close())

    describeConnecting(() => host)
    describeMessages(() => host)
    describeClosing(() => host)
  })
}

function describeConnecting(host: () => TransportHost): void {
  it('reports nothing before connect has returned', async () => {
    const { events, probe } = createProbe()
    host().transport.connect(host().url, events)
    expect(probe.log).toEqual([])
    await probe.opened
  })

  it('reports a refusal by closed alone', async () => {
    const { events, probe } = createProbe()
    host().transport.connect(host().deadUrl, events)
    expect((await probe.closed).code).toBe(1006)
    expect(probe.log).toEqual(['closed'])
  })

  it('can be closed while connecting', async () => {
    const { events, probe } = createProbe()
    host().transport.connect(host().url, events).close(1000, '')
    await probe.closed
    expect(probe.log).toEqual(['closed'])
  })
}

function describeMessages(host: () => TransportHost): void {
  it('sends text as text and bytes as binary, in order', async () => {
    const { connection, peer } = await open(host())
    expect(connection.send('é')).toBe(true)
    connection.send(new Uint8Array([1, 2]))
    connection.send('')
    expect(await peer.received()).toBe('é')
    expect(await peer.received()).toEqual(new Uint8Array([1, 2]))
    expect(await peer.received()).toBe('')
  })

  it('receives text as a string and binary as bytes, in order', async () => {
    const { peer, probe } = await open(host())
    peer.send('é')
    peer.send(new Uint8Array([1, 2]))
    peer.send('')
    await probe.count(3)
    expect(probe.received).toEqual(['é', new Uint8Array([1, 2]), ''])
  })
}

function describeClosing(host: () => TransportHost): void {
  it('says with which code and reason the server closed', async () => {
    const { peer, probe } = await open(host())
    peer.close(4001, 'enough')
    expect(await probe.closed).toMatchObject({ code: 4001, reason: 'enough' })
  })

  it('sends the server the code and reason of the client', async () => {
    const { connection, peer, probe } = await open(host())
    connection.close(4002, 'done')
    connection.close(4003, 'twice')
    expect(connection.send('late')).toBe(false)
    expect(await peer.closed()).toMatchObject({ code: 4002, reason: 'done' })
    await probe.closed
  })

  it('says 1006 when the connection breaks', async () => {
    const { peer, probe } = await open(host())
    peer.drop()
    expect((await probe.closed).code).toBe(1006)
  })

  it('has closed when terminate returns, once', async () => {
    const { connection, peer, probe } = await open(host())
    connection.terminate()
    connection.terminate()
    expect(probe.log).toEqual(['opened', 'closed'])
    expect(connection.send('late')).toBe(false)
    await peer.closed()
    expect(probe.log).toEqual(['opened', 'closed'])
  })
}

async function open(host: TransportHost) {
  const { events, probe } = createProbe()
  const accepted = host.accept()
  const connection: Connection = host.transport.connect(host.url, events)
  await probe.opened
  return { connection, probe, peer: await accepted }
}

/** Events that note what they are called with, and promises of it. */
function createProbe() {
  const log: string[] = []
  const received: Payload[] = []
  const waiting: { readonly count: number; resolve(): void }[] = []
  let open: (value?: undefined) => void = () => {}
  let close: (value: ConnectionClose) => void = () => {}
  const probe = {
    log,
    received,
    opened: new Promise((resolve) => {
      open = resolve
    }),
    closed: new Promise<ConnectionClose>((resolve) => {
      close = resolve
    }),
    count: (count: number) => new Promise<void>((resolve) => waiting.push({ count, resolve })),
  }
  const events = {
    opened: () => {
      log.push('opened')
      open()
    },
    received: (payload: Payload) => {
      received.push(payload)
      for (const { count, resolve } of waiting) if (received.length >= count) resolve()
    },
    closed: (value: ConnectionClose) => {
      log.push('closed')
      close(value)
    },
  }
  return { events, probe }
}
