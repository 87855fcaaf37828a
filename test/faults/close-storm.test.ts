import { describe, expect, it } from 'vitest'
import { HANDSHAKE, TcpPeer } from '../support/tcp-peer.ts'
import { send, serveFaulty } from './fault-server.ts'

const PEERS = 100
const CALLS = 50

describe('close() during a storm of calls and connects', () => {
  it('answers each call at most once, with 0 or 503, closes everybody with 1001 and leaves nothing', async () => {
    const { server, port, connect } = await serveFaulty({}, (fresh) =>
      fresh.handle('work', () => new Promise((resolve) => setImmediate(resolve))),
    )
    const peers = await Promise.all(Array.from({ length: PEERS }, connect))
    const callsBegun = new Promise<void>((resolve) => {
      server.use((_c, next) => {
        resolve()
        return next()
      })
    })
    const storm = peers.map(call)
    await callsBegun
    const late = Array.from({ length: PEERS }, () => tryToConnect(port))
    await server.close({ drainMs: 5_000 })
    const later = await Promise.all(Array.from({ length: 10 }, () => tryToConnect(port)))

    const answers = (await Promise.all(storm)).flat()
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([0, 503]))
    for (const outcome of await Promise.all(late)) expect(['open', 'refused', '503', 'dropped']).toContain(outcome)
    expect(new Set(later)).toEqual(new Set(['refused']))
    expect(server.sessions.size).toBe(0)
  })
})

/** Calls again and again until the server closes; what was answered. */
async function call(peer: TcpPeer): Promise<readonly { readonly seqno: string; readonly status: number }[]> {
  const answers: { seqno: string; status: number }[] = []
  const sending = (async () => {
    for (let sent = 0; sent < CALLS; sent += 1) {
      send(peer, sent % 2 === 0 ? 'work' : 'echo', `s${sent}`)
      await new Promise((resolve) => setImmediate(resolve))
    }
  })()
  for (let said = await peer.next(); said !== 'end'; said = await peer.next()) {
    if (said.startsWith('text ')) answers.push(JSON.parse(said.slice('text '.length)))
    else expect(said).toBe('close 1012 "the server is shutting down"')
    if (said.startsWith('close')) peer.socket.end()
  }
  await sending
  expect(new Set(answers.map(({ seqno }) => seqno)).size).toBe(answers.length)
  return answers
}

/** How an attempt to connect ended. */
async function tryToConnect(port: number): Promise<'open' | 'refused' | 'dropped' | string> {
  const peer = await TcpPeer.connect(port).catch(() => undefined)
  if (peer === undefined) return 'refused'
  peer.send(HANDSHAKE)
  await peer.ended().catch(() => undefined)
  const status = /^HTTP\/1.1 (\d+)/.exec(Buffer.from(peer.receivedBytes).toString('latin1'))?.[1]
  peer.destroy()
  if (status === undefined) return 'dropped'
  return status === '101' ? 'open' : status
}
