import { type ClientOptions, WsrvClient } from '@wsrv/client'
import { describe, expect, it } from 'vitest'
import { createStage, openStage, push, reply } from './stage.ts'

describe('an option', () => {
  it('that is undefined has its default', async () => {
    const options = {
      timeoutMs: undefined,
      heartbeatIntervalMs: undefined,
      connectTimeoutMs: undefined,
      reconnect: { minDelayMs: undefined, maxAttempts: undefined, isFinal: undefined },
      outbox: { maxCalls: undefined },
    } as unknown as ClientOptions
    const { client, peer } = await openStage(options)
    const call = client.call({ cmd: 'echo' }, {})
    peer.send(reply('echo', 'aaaaaa-0001', '1'))
    await expect(call).resolves.toBe(1)
  })

  it.each([
    [{ timeoutMs: Number.NaN }, 'timeoutMs must be a number of at least 1, got NaN'],
    [{ heartbeatIntervalMs: 0 }, 'heartbeatIntervalMs must be a number of at least 1, got 0'],
    [{ maxInFlight: 0 }, 'maxInFlight must be a number of at least 1, got 0'],
    [{ outbox: { maxCalls: -1 } }, 'outbox.maxCalls must be a number of at least 0, got -1'],
    [{ reconnect: { maxAttempts: Number.NaN } }, 'reconnect.maxAttempts must be a number of at least 0, got NaN'],
    [{ reconnect: { minDelayMs: '1s' } }, 'reconnect.minDelayMs must be a number of at least 0, got 1s'],
  ])('that is wrong is refused by name: %j', (options, message) => {
    expect(() => new WsrvClient('ws://x', options as unknown as ClientOptions)).toThrow(new RangeError(message))
  })
})

describe('a hook of the application', () => {
  it.each([
    ['throws', () => expect.unreachable()],
    ['rejects', () => Promise.reject(new Error('mine'))],
  ])('onProblem that %s ends nothing', async (_, onProblem) => {
    const { client, peer, settle } = await openStage({ onProblem })
    peer.send('garbage')
    await settle()
    expect(client.state).toBe('open')
  })

  it('that throws what has no words ends nothing', async () => {
    const { client, peer, settle, problems } = await openStage()
    client.on('tick', () => {
      throw Object.create(null)
    })
    peer.send(push('tick', '1'))
    await settle()
    expect(problems.map(({ kind }) => kind)).toEqual(['subscriber_threw'])
    const data = {
      toJSON() {
        throw Object.create(null)
      },
    }
    await expect(client.call({ cmd: 'echo' }, data)).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('isFinal that throws is as one that says no', async () => {
    const stage = createStage({
      reconnect: {
        isFinal: () => {
          throw new Error('mine')
        },
      },
    })
    await stage.settle()
    stage.peer.drop()
    await stage.settle()
    expect(stage.client.state).toBe('open')
  })
})

describe('a call', () => {
  it('whose signal is no signal rejects, and leaves no timer', async () => {
    const { client, clock } = await openStage()
    const before = clock.pendingTimers
    const call = client.call({ cmd: 'echo' }, {}, { signal: new AbortController() as unknown as AbortSignal })
    await expect(call).rejects.toThrow(new TypeError('signal must be an AbortSignal'))
    expect(clock.pendingTimers).toBe(before)
  })

  it('whose signal gives no reason, as in React Native, rejects with an AbortError', async () => {
    const { client } = await openStage()
    const signal = Object.assign(new EventTarget(), { aborted: false, reason: undefined })
    const call = client.call({ cmd: 'echo' }, {}, { signal: signal as unknown as AbortSignal })
    signal.dispatchEvent(new Event('abort'))
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  })
})
