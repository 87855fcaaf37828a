import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { RecordingHeader, RecordingLine } from '@wsrv/protocol/recording'
import { afterEach, describe, expect, it } from 'vitest'
import { parseRule, startRecorder, USUAL_RULES } from '../src/recording/index.ts'
import { until } from '../src/until.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A server that takes any upgrade and keeps the bytes behind it. */
async function openServer() {
  const http = createServer()
  const upgrades: { readonly request: IncomingMessage; readonly socket: Duplex; bytes: Buffer }[] = []
  http.on('upgrade', (request, socket, head) => {
    const upgrade = { request, socket, bytes: head }
    upgrades.push(upgrade)
    socket.on('data', (chunk) => {
      upgrade.bytes = Buffer.concat([upgrade.bytes, chunk])
    })
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Extra: kept\r\n\r\n',
    )
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    for (const { socket } of upgrades) socket.destroy()
    return new Promise((resolve) => http.close(resolve))
  })
  return { url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/ws?v=1`, upgrades }
}

/** A client that writes bytes, and keeps those that come behind the answer's head. */
async function openClient(url: string, headers: string) {
  const { hostname, port, pathname, search, host } = new URL(url)
  const socket: Socket = connect(Number(port), hostname)
  closers.push(() => socket.destroy())
  let bytes = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk])
  })
  socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n${headers}\r\n`)
  await until(() => bytes.includes('\r\n\r\n'))
  const head = bytes.subarray(0, bytes.indexOf('\r\n\r\n') + 4).toString()
  return { socket, head, behind: () => bytes.subarray(head.length) }
}

async function open() {
  const server = await openServer()
  const lines: (RecordingHeader | RecordingLine)[] = []
  const recorder = await startRecorder({ server: server.url, record: (line) => lines.push(line) })
  closers.push(() => recorder.close())
  const own = new URL(recorder.url.replace('ws', 'http')).origin
  const headers = [
    'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13',
    `Sec-WebSocket-Extensions: permessage-deflate\r\nCookie: session=1\r\nOrigin: ${own}\r\n`,
  ]
  const client = await openClient(recorder.url, headers.join('\r\n'))
  await until(() => server.upgrades.length === 1)
  const upgrade = server.upgrades[0] as (typeof server.upgrades)[number]
  return { client, upgrade, lines, recorder, server }
}

/** A frame with a mask, in one piece. RFC 6455 §5.2. */
function masked(first: number, text: string): Buffer {
  const payload = Buffer.from(text)
  const mask = Buffer.from([1, 2, 3, 4])
  return Buffer.concat([
    Buffer.from([first, 0x80 | payload.length]),
    mask,
    payload.map((byte, at) => byte ^ (mask[at % 4] as number)),
  ])
}

function plain(first: number, text: string): Buffer {
  return Buffer.concat([Buffer.from([first, text.length]), Buffer.from(text, 'latin1')])
}

describe('a recorder', () => {
  it('passes every byte on as it came: fragments, pings, masks and close frames', async () => {
    const { client, upgrade, lines } = await open()
    const sent = Buffer.concat([
      masked(0x01, '{"cmd":"a",'),
      masked(0x89, 'ping'),
      masked(0x80, '"seqno":"1"}'),
      masked(0x82, '[1]'),
      masked(0x81, ''),
      masked(0x88, '\u000f\u0061bye'),
    ])
    const answered = Buffer.concat([
      plain(0x8a, 'ping'),
      plain(0x81, '{"cmd":"p"}'),
      plain(0x02, '['),
      plain(0x80, ']'),
    ])
    for (const byte of sent) client.socket.write(Buffer.from([byte]))
    upgrade.socket.write(answered)
    await until(() => upgrade.bytes.length === sent.length && client.behind().length === answered.length)
    expect(upgrade.bytes.equals(sent)).toBe(true)
    expect(client.behind().equals(answered)).toBe(true)
    client.socket.end()
    await until(() => lines.some((line) => 'event' in line && line.event === 'close'))
    const bare = (lines.slice(1) as RecordingLine[]).map(({ at: _at, ...line }) => line)
    const from = (peer: string) => bare.filter((line) => 'from' in line && line.from === peer)
    expect(from('client')).toEqual([
      { from: 'client', message: { cmd: 'a', seqno: '1' } },
      { from: 'client', binary: true, message: [1] },
      { from: 'client', text: '' },
    ])
    expect(from('server')).toEqual([
      { from: 'server', message: { cmd: 'p' } },
      { from: 'server', binary: true, message: [] },
    ])
    expect(bare.at(-1)).toEqual({ event: 'close', code: 3937, reason: 'bye', by: 'client' })
  })

  it('passes the handshake on, but for its own host and the offer to compress', async () => {
    const { client, upgrade, server, lines } = await open()
    const { headers, url } = upgrade.request
    expect(url).toBe('/ws?v=1')
    expect(lines[0]).toMatchObject({ url: server.url.replace('?v=1', '') })
    expect(headers).toMatchObject({
      host: new URL(server.url).host,
      cookie: 'session=1',
      origin: new URL(server.url.replace('ws', 'http')).origin,
    })
    expect(headers['sec-websocket-extensions']).toBeUndefined()
    expect(client.head).toMatch(/^HTTP\/1\.1 101 [\s\S]*X-Extra: kept\r\n/)
  })

  it('goes on passing what it cannot read', async () => {
    const { client, upgrade, lines } = await open()
    const garbage = Buffer.from([0xff, 0xff, 0x00, 0x01])
    client.socket.write(garbage)
    await until(() => upgrade.bytes.length === garbage.length)
    client.socket.write(garbage)
    await until(() => upgrade.bytes.length === 2 * garbage.length)
    expect(lines.slice(1)).toEqual([{ at: expect.any(Number), event: 'open' }])
  })

  it('answers for a server that refuses, or is not there', async () => {
    const refusing = createServer((_request, response) => response.writeHead(403).end('no'))
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve))
    const { port } = refusing.address() as AddressInfo
    const headers = 'Upgrade: websocket\r\nConnection: Upgrade\r\n'
    const recorder = await startRecorder({ server: `ws://127.0.0.1:${port}`, record: () => {} })
    closers.push(() => recorder.close())
    expect((await openClient(recorder.url, headers)).head).toMatch(/^HTTP\/1\.1 403 /)
    await new Promise((resolve) => refusing.close(resolve))
    expect((await openClient(recorder.url, headers)).head).toMatch(/^HTTP\/1\.1 502 /)
    await expect(startRecorder({ server: 'http://a', record: () => {} })).rejects.toThrow('must be a WebSocket URL')
  })
})

describe('a rule of a replay', () => {
  const differs = (path: string, recorded: unknown, came: unknown, cmd = 'a') => ({ cmd, path, recorded, came })
  const isUsual = (compared: ReturnType<typeof differs>) => USUAL_RULES.some((rule) => rule(compared))

  it.each([
    [differs('data.at', 1_769_860_800_000, 1_769_860_800_001), true],
    [differs('data.at', 1_769_860_800_000, 7), false],
    [differs('data.at', '2026-01-31T12:00:00Z', '2026-01-31'), true],
    [differs('data.at', '2026-01-31T12:00:00Z', 'today'), false],
    [differs('data.id', '123e4567-e89b-42d3-a456-426614174000', '00000000-e89b-42d3-a456-426614174000'), true],
    [differs('seqno', 'abcdefgh', 'hgfedcba'), true],
    [differs('data.seqno', 'abcdefgh', 'hgfedcba'), false],
    [differs('data.server', 'a', 'b', '$hello'), true],
    [differs('status', 0, 401, '$hello'), false],
  ])('of the usual lets %o differ: %s', (compared, may) => {
    expect(isUsual(compared)).toBe(may)
  })

  it.each([
    ['data.users.*.name', differs('data.users.0.name', 'a', 'b'), true],
    ['data.users.*.name', differs('data.users.0.inner.name', 'a', 'b'), false],
    ['**.name', differs('data.users.0.inner.name', 'a', 'b'), true],
    ['**.name', differs('name', 'a', 'b'), true],
    ['b:**', differs('data.x', 1, 2), false],
    ['a:**', differs('data.x', 1, 2), true],
  ])('written as %s says of %o: %s', (text, compared, may) => {
    expect(parseRule(text)(compared)).toBe(may)
  })
})
