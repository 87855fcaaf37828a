import type { Adapter, PendingUpgrade } from '@wsrv/server'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { connectRaw, statusOfRefusal } from './raw-peer.ts'
import { describeClosing, describeViolations } from './server-transport-closing.ts'
import { Door, MAX_MESSAGE_BYTES } from './server-transport-door.ts'
import { describeMessages, describePausing } from './server-transport-messages.ts'
import { until } from './until.ts'

/** A place to run the contract: a way in, and where it leads. */
export interface AdapterHost {
  readonly adapter: Adapter
  /** Without a path: `ws://127.0.0.1:8800`. */
  readonly url: string
  close(): unknown
}

/** What server transports may differ in. */
export interface AdapterTraits {
  /** Whether a close code says which rule a peer broke; else it is only dropped. RFC 6455 §7.1.7. */
  readonly namesViolations: boolean
  /** Whether it can stop receiving a peer's messages. */
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

function describePendingUpgrades(door: () => Door): void {
  it('reports the request: url, headers, address', async () => {
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
    expect(await statusOfRefusal(door().url)).toBe(401)
    door().greet = (upgrade) => upgrade.refuse({ status: 503 })
    expect(await statusOfRefusal(door().url)).toBe(503)
  })

  it('accepts, or refuses, an upgrade that had to wait', async () => {
    const waiting: PendingUpgrade[] = []
    door().greet = (upgrade) => void waiting.push(upgrade)
    const opening = connectRaw(door().url)
    await until(() => waiting.length === 1)
    const unwatch = waiting[0]?.watch(() => expect.unreachable())
    unwatch?.()
    waiting[0]?.accept(door().begin)
    expect((await opening).socket.readyState).toBe(WebSocket.OPEN)
    const refused = statusOfRefusal(door().url)
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
