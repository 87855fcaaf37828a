import { createServer, type ServerOptions } from '@wsrv/server'
import { describe, expect, it } from 'vitest'
import { connect, refusal } from './raw-peer.ts'
import { type TestApi, testContract } from './test-contract.ts'
import { serve } from './test-server.ts'

type Options = ServerOptions<TestApi>

const create = (options: object) => () => createServer<TestApi>(testContract, options as Options)

describe('an option', () => {
  it('that is undefined means its default', async () => {
    const limits = {
      maxMessageBytes: undefined,
      maxInFlight: undefined,
      authTimeoutMs: undefined,
      maxBufferedBytes: undefined,
    }
    const options = { limits, heartbeatTimeoutMs: undefined, handlerTimeoutMs: undefined, allowedOrigins: undefined }
    const { url, clock } = await serve(options as unknown as Options, (server) => server.handle('anything', () => 1))
    const peer = await connect(url)
    peer.send(`{"cmd":"anything","seqno":"a","data":"${'x'.repeat(1_048_576)}"}`)
    expect(await peer.text()).toContain('"status":413')
    peer.send('{"cmd":"anything","seqno":"b"}')
    expect(await peer.text()).toContain('"status":0')
    await clock.advance(29_000)
    expect(peer.socket.readyState).toBe(peer.socket.OPEN)
  })

  it.each([
    [
      'limits.maxMessageBytes',
      'an integer from 1 to 134217722',
      [0, 1.5, 134_217_723, 2 ** 29, Infinity, Number.NaN, '1'],
    ],
    ['limits.maxBufferedBytes', 'an integer from 0 to 9007199254740991, or Infinity', [-1, Number.NaN]],
    ['limits.maxInFlight', 'an integer from 0 to 9007199254740991, or Infinity', [-1, 0.5, Number.NaN, '10']],
    ['limits.maxRequestsPerSecond', 'a number from 5e-324 to 9007199254740991, or Infinity', [0, -1, Number.NaN]],
    ['limits.maxConnections', 'an integer from 0 to 9007199254740991, or Infinity', [Number.NaN]],
    ['limits.maxConnectionsPerAddress', 'an integer from 0 to 9007199254740991, or Infinity', [Number.NaN]],
    ['limits.authTimeoutMs', 'an integer from 1 to 2147483647, or Infinity', [0, 2 ** 31, Number.NaN]],
    ['limits.maxBadMessages', 'an integer from 0 to 9007199254740991, or Infinity', [Number.NaN]],
    ['limits.maxRooms', 'an integer from 0 to 9007199254740991, or Infinity', [Number.NaN]],
    ['limits.maxIssues', 'an integer from 1 to 1000', [0, 1_001, Number.NaN]],
    ['heartbeatTimeoutMs', 'an integer from 0 to 2147483647', [-1, Infinity, Number.NaN]],
    ['handlerTimeoutMs', 'an integer from 1 to 2147483647', [0, Infinity, Number.NaN]],
  ] as const)('%s out of range is refused by name, with its range and the value', (name, range, values) => {
    for (const value of values) {
      const [first, second] = name.split('.') as [string, string?]
      const options = second === undefined ? { [first]: value } : { [first]: { [second]: value } }
      expect(create(options)).toThrow(
        new RangeError(`${name} must be ${range}, got ${typeof value === 'string' ? `"${value}"` : value}`),
      )
    }
  })

  it('of another kind is refused by name', () => {
    expect(create({ messageType: 'json' })).toThrow('messageType must be "text" or "binary", got "json"')
    expect(create({ extensions: 'no' })).toThrow('extensions must be true or false, got "no"')
    expect(create({ allowedOrigins: 'https://a.example' })).toThrow('allowedOrigins must be "same-origin" or')
    expect(create({ allowedOrigins: ['a.example'] })).toThrow(
      'must list origins such as "https://app.example.com", got "a.example"',
    )
    expect(create({ allowedOrigins: ['https://a.example/path'] })).toThrow('got "https://a.example/path"')
  })

  it('of listen and close is refused as well, and the server goes on', async () => {
    const { server } = await serve()
    await expect(server.listen(0, { handshakeTimeoutMs: Number.NaN })).rejects.toThrow(
      'handshakeTimeoutMs must be an integer',
    )
    expect(() => server.close({ retryAfterMs: Number.NaN })).toThrow(
      'retryAfterMs must be an integer from 0 to 2147483647, got NaN',
    )
    expect(() => server.close({ drainMs: Infinity })).toThrow('drainMs must be an integer')
    expect(
      (await server.listen(0, { host: '127.0.0.1', handshakeTimeoutMs: undefined as never })).port,
    ).toBeGreaterThan(0)
  })
})

describe('allowed origins', () => {
  const from = (origin: string, host?: string): object => ({ origin, headers: host === undefined ? {} : { host } })

  it('are known with the slash that people copy, and in any case', async () => {
    const { url } = await serve({ allowedOrigins: ['https://App.example.com/', 'http://localhost:5173'] })
    await connect(url, from('https://app.example.com'))
    await connect(url, from('http://localhost:5173'))
    expect(await refusal(url, from('http://app.example.com'))).toBe(403)
  })

  it('in a list depend on no Host: a rewritten one is let in, a name of another’s that points here is not', async () => {
    const { url } = await serve({ allowedOrigins: ['https://app.example.com'] })
    await connect(url, from('https://app.example.com', 'upstream:8800'))
    expect(await refusal(url, from('http://evil.example', 'evil.example'))).toBe(403)
  })
})
