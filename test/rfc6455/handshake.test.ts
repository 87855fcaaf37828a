import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEchoServer, reply, request } from '../support/echo-server.ts'
import { frame } from '../support/frame.ts'
import { HANDSHAKE, TcpPeer } from '../support/tcp-peer.ts'

const server = createEchoServer()
let port = 0

beforeAll(async () => {
  port = (await server.listen(0, { host: '127.0.0.1' })).port
})

afterAll(() => server.close({ drainMs: 0 }))

/** The answer's lines to what a client writes first. */
async function answer(handshake: string): Promise<readonly string[]> {
  const peer = await TcpPeer.connect(port)
  peer.send(handshake)
  const lines = (await peer.head()).split('\r\n')
  peer.destroy()
  return lines
}

/** The handshake with a line changed or, for `''`, left out. */
function withLine(name: string, line: string): string {
  return HANDSHAKE.replace(new RegExp(`^${name}.*\r\n`, 'm'), line === '' ? '' : `${line}\r\n`)
}

describe('RFC 6455 §4.2 the server’s half of the handshake', () => {
  it('answers the RFC’s own example with the RFC’s own accept', async () => {
    expect(await answer(HANDSHAKE)).toEqual([
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
    ])
  })

  it.each([
    [
      'header names in any case',
      HANDSHAKE.replaceAll('Sec-WebSocket', 'SEC-WEBSOCKET').replace('Upgrade:', 'upgrade:'),
    ],
    ['header values in any case', HANDSHAKE.replace('websocket', 'WebSocket').replace(': Upgrade', ': uPGRADE')],
    ['Connection with other options', withLine('Connection', 'Connection: keep-alive, Upgrade')],
    ['a query after the path', HANDSHAKE.replace('GET / ', 'GET /?token=x ')],
    ['no host, from what is no browser', withLine('Host', '')],
    ['headers that it does not know', withLine('Host', 'Host: 127.0.0.1\r\nX-Unknown: 1')],
  ])('takes %s', async (_what, handshake) => {
    expect((await answer(handshake))[0]).toBe('HTTP/1.1 101 Switching Protocols')
  })

  it('negotiates no compression', async () => {
    const lines = await answer(
      withLine('Host', 'Host: x\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits'),
    )
    expect(lines[0]).toBe('HTTP/1.1 101 Switching Protocols')
    expect(lines.join()).not.toContain('Extensions')
  })

  it('negotiates no subprotocol', async () => {
    const lines = await answer(withLine('Host', 'Host: x\r\nSec-WebSocket-Protocol: chat, superchat'))
    expect(lines[0]).toBe('HTTP/1.1 101 Switching Protocols')
    expect(lines.join()).not.toContain('Protocol:')
  })

  it.each([
    ['no key', withLine('Sec-WebSocket-Key', ''), 400],
    ['a key of 15 bytes', withLine('Sec-WebSocket-Key', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j'), 400],
    ['a key that is no base64', withLine('Sec-WebSocket-Key', 'Sec-WebSocket-Key: ************************'), 400],
    ['no version', withLine('Sec-WebSocket-Version', ''), 400],
    ['version 14', withLine('Sec-WebSocket-Version', 'Sec-WebSocket-Version: 14'), 400],
    ['an upgrade to something else', withLine('Upgrade', 'Upgrade: h2c'), 400],
    ['an upgrade by POST', HANDSHAKE.replace('GET', 'POST'), 405],
    ['no upgrade', withLine('Upgrade', '').replace('Connection: Upgrade', 'Connection: keep-alive'), 426],
    ['another path', HANDSHAKE.replace('GET / ', 'GET /other '), 404],
    ['no host but an origin', withLine('Host', 'Origin: http://undefined'), 403],
    ['an origin that is not its own', withLine('Host', 'Host: x\r\nOrigin: http://evil.example'), 403],
    ['headers of 20 KiB', withLine('Host', `Host: x\r\nX-Long: ${'x'.repeat(20_480)}`), 431],
    ['no HTTP', 'garbage\r\n\r\n', 400],
  ])('refuses %s', async (_what, handshake, status) => {
    expect((await answer(handshake))[0]).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  })

  it('names its version to a client of another', async () => {
    const lines = await answer(withLine('Sec-WebSocket-Version', 'Sec-WebSocket-Version: 14'))
    expect(lines.find((line) => line.startsWith('Sec-WebSocket-Version:'))).toContain('13')
  })

  it('closes the connection that it refused', async () => {
    const peer = await TcpPeer.connect(port)
    peer.send(withLine('Sec-WebSocket-Key', ''))
    await peer.head()
    await peer.ended()
  })

  it('takes frames that were sent along with the handshake', async () => {
    const peer = await TcpPeer.connect(port)
    peer.send(Buffer.concat([Buffer.from(HANDSHAKE), frame(0x81, request('echo', 'eager'))]))
    await peer.head()
    expect(await peer.next()).toBe(reply('echo', 'eager'))
    peer.destroy()
  })

  it('takes a handshake that arrives byte by byte', async () => {
    const peer = await TcpPeer.connect(port)
    for (const char of HANDSHAKE) peer.send(char)
    expect(await peer.head()).toContain(' 101 ')
    peer.destroy()
  })
})
