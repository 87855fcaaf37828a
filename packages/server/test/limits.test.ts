import { once } from 'node:events'
import { until } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { connect, refusal } from './raw-peer.ts'
import { testContract } from './test-contract.ts'
import { serve } from './test-server.ts'

describe('requests per second', () => {
  it('are bounded for each session, and the refused are told when to come back', async () => {
    const { url, clock } = await serve({ limits: { maxRequestsPerSecond: 2 } }, (server) =>
      server.handle('anything', () => 'done'),
    )
    const [peer, other] = [await connect(url), await connect(url)]
    for (const seqno of ['a', 'b', 'c']) peer.send(`{"cmd":"anything","seqno":"${seqno}"}`)
    for (const seqno of ['a', 'b']) expect(await peer.text()).toContain(`"seqno":"${seqno}","status":0`)
    expect(await peer.text()).toBe(
      '{"cmd":"anything","seqno":"c","status":429,"msg":"at most 2 requests per second","data":{"retryAfterMs":500}}',
    )
    other.send('{"cmd":"anything","seqno":"d"}')
    expect(await other.text()).toContain('"status":0')
    await clock.advance(500)
    peer.send('{"cmd":"anything","seqno":"e"}')
    expect(await peer.text()).toContain('"status":0')
  })

  it('count what the contract says, and one for a command that nobody knows', async () => {
    const commands = testContract.commands.map((command) => ({
      ...command,
      rateLimit: { cost: command.cmd === 'anything' ? 3 : 0 },
    }))
    const contract = { ...testContract, commands }
    const { url } = await serve({ contract, limits: { maxRequestsPerSecond: 4 } }, (server) =>
      server.handle('anything', () => 'done').handle('quick', () => ({})),
    )
    const peer = await connect(url)
    const ask = async (cmd: string): Promise<unknown> => {
      peer.send(`{"cmd":"${cmd}"}`)
      return JSON.parse(await peer.text()).status
    }
    expect([await ask('anything'), await ask('anything')]).toEqual([0, 429])
    expect([await ask('nope'), await ask('nope')]).toEqual([-1, 429])
    expect([await ask('quick'), await ask('$ping')]).toEqual([0, 0])
  })
})

describe('connections', () => {
  it('are bounded for a server; one that goes makes room', async () => {
    const { url, server } = await serve({ limits: { maxConnections: 2 } })
    const [peer] = [await connect(url), await connect(url)]
    expect(await refusal(url)).toBe(503)
    peer.socket.close()
    await peer.closed()
    await until(() => server.sessions.size === 1)
    await connect(url)
    expect(await refusal(url)).toBe(503)
  })

  it('are bounded for an address', async () => {
    const { url, server } = await serve({ limits: { maxConnectionsPerAddress: 1 } })
    const peer = await connect(url, { localAddress: '127.0.0.1' })
    expect(await refusal(url, { localAddress: '127.0.0.1' })).toBe(503)
    await connect(url, { localAddress: '127.0.0.2' })
    peer.socket.terminate()
    await until(() => server.sessions.size === 1)
    await connect(url, { localAddress: '127.0.0.1' })
  })

  it('too many are told when to come back', async () => {
    const { url } = await serve({ limits: { maxConnections: 0 } })
    const [, response] = await once(new WebSocket(url), 'unexpected-response')
    response.resume()
    expect(response.headers['retry-after']).toBe('1')
  })

  it('that wait for a verdict count, so that no more hooks run than there may be connections', async () => {
    const verdicts: ((verdict: boolean) => void)[] = []
    const { url } = await serve({
      limits: { maxConnections: 1 },
      authorizeUpgrade: () => new Promise((resolve) => verdicts.push(resolve)),
    })
    const first = connect(url)
    await until(() => verdicts.length === 1)
    expect(await refusal(url)).toBe(503)
    for (const decide of verdicts) decide(true)
    expect((await first).socket.readyState).toBe(WebSocket.OPEN)
    expect(verdicts).toHaveLength(1)
  })

  it('that have left are counted until their hook has ended', async () => {
    const verdicts: ((verdict: boolean) => void)[] = []
    const { url } = await serve({
      limits: { maxConnections: 1 },
      authorizeUpgrade: () => new Promise((resolve) => verdicts.push(resolve)),
    })
    const impatient = new WebSocket(url)
    impatient.on('error', () => undefined)
    await until(() => verdicts.length === 1)
    impatient.terminate()
    expect(await refusal(url)).toBe(503)
    verdicts[0]?.(false)
    const next = connect(url)
    await until(() => verdicts.length === 2)
    verdicts[1]?.(true)
    await next
  })
})
