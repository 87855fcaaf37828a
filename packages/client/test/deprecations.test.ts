import { type Problem, WsrvClient, warnDeprecated } from '@wsrv/client'
import { MemoryTransport } from '@wsrv/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStage, push, reply } from './stage.ts'

const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
beforeEach(() => warn.mockClear())
afterEach(() => expect(warn.mock.calls.length).toBeLessThanOrEqual(1))

describe('a deprecated command', () => {
  it('warns on the console at its first call, and at no other of this process', async () => {
    const { client, peer, settle } = await openStage()
    warnDeprecated(client, { userinfo: 'Use whoami.' })
    expect(warn).not.toHaveBeenCalled()
    const call = client.call({ cmd: 'userinfo' }, {})
    expect(warn.mock.calls).toEqual([['wsrv: userinfo is deprecated: Use whoami.']])
    peer.send(reply('userinfo', 'aaaaaa-0001', '1'))
    await settle()
    await expect(call).resolves.toBe(1)
    const again = await openStage()
    warnDeprecated(again.client, { userinfo: 'Use whoami.' })
    again.client.call({ cmd: 'userinfo' }, {}).catch(() => undefined)
    client.call({ cmd: 'userinfo' }, {}).catch(() => undefined)
    expect(warn).toHaveBeenCalledTimes(1)
  })

  it('tells the onProblem of its client instead, where it has one', async () => {
    const problems: Problem[] = []
    const options = { transport: new MemoryTransport(), onProblem: (problem: Problem) => void problems.push(problem) }
    const client = new WsrvClient('ws://server/ws', { ...options, lazy: true })
    warnDeprecated(client, { 'chat.old': 'Use chat.new.' }, options)
    const aborted = AbortSignal.abort(new Error('enough'))
    await expect(client.call({ cmd: 'chat.old' }, {}, { signal: aborted })).rejects.toThrow('enough')
    await expect(client.call({ cmd: 'other' }, {}, { signal: aborted })).rejects.toThrow('enough')
    expect(problems).toEqual([{ kind: 'deprecated', error: new Error('chat.old is deprecated: Use chat.new.') }])
    client.close()
  })
})

describe('a deprecated push', () => {
  it('warns at the first subscription, and is heard as any other', async () => {
    const { client, peer, settle } = await openStage()
    warnDeprecated(client, { tick: 'Use tock.' })
    client.on('user_register', () => undefined)
    expect(warn).not.toHaveBeenCalled()
    const heard: number[] = []
    const off = client.on('tick', (tick) => void heard.push(tick))
    const ticks = client.pushes('tick')
    expect(warn.mock.calls).toEqual([['wsrv: tick is deprecated: Use tock.']])
    peer.send(push('tick', '1'))
    await settle()
    off()
    peer.send(push('tick', '2'))
    await settle()
    expect(heard).toEqual([1])
    expect(await ticks.next()).toEqual({ value: 1, done: false })
  })

  it('warns when it is iterated', async () => {
    const { client } = await openStage()
    warnDeprecated(client, { user_register: 'Use joined.' })
    client.pushes('user_register')
    expect(warn).toHaveBeenCalledTimes(1)
  })
})

it('looks names up in what was declared only', async () => {
  const { client } = await openStage()
  warnDeprecated(client, {})
  client.call({ cmd: 'constructor' }, {}).catch(() => undefined)
  expect(warn).not.toHaveBeenCalled()
})
