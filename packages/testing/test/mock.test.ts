import { WsrvClient } from '@wsrv/client'
import type { Contract } from '@wsrv/schema'
import { explainRequest } from '@wsrv/server/validation'
import { afterEach, describe, expect, it } from 'vitest'
import { contract } from '../../../examples/quickstart/generated/contract.ts'
import type { Api } from '../../../examples/quickstart/generated/server.ts'
import { FORMS } from '../../../test/playground/contracts.ts'
import { FakeClock } from '../src/fake-clock.ts'
import { assertNoLeaks } from '../src/leaks.ts'
import { MemoryNetwork } from '../src/memory-network.ts'
import { createMock } from '../src/mock/create-mock.ts'
import { createDraw } from '../src/mock/draw.ts'
import { drawValue } from '../src/mock/draw-value.ts'
import type { Mock, MockOptions } from '../src/mock/mock.ts'
import { silentLogger } from '../src/silent-logger.ts'

/** A mock with clients in memory, whose time is moved. */
class Stage {
  readonly clock = new FakeClock()
  readonly network = new MemoryNetwork()
  readonly mock: Mock<Api>
  readonly clients: WsrvClient[] = []

  constructor(options: MockOptions<Api>) {
    const { clock, network } = this
    const server = { clock, transport: network.serverTransport, logger: silentLogger }
    this.mock = createMock<Api>(contract, { ...options, server: { ...options.server, ...server } })
    this.mock.server.attach(network.httpServer, { path: '/ws' })
  }

  connect(): WsrvClient {
    const { clock, network } = this
    const client = new WsrvClient('ws://memory/ws', { clock, transport: network.clientTransport, random: () => 0 })
    this.clients.push(client)
    return client
  }

  /** A call's value, or the code it failed with, after so much time. */
  async call(client: WsrvClient, cmd: string, data: unknown = {}, ms = 0): Promise<unknown> {
    const { errors = {}, idempotent = false } = contract.commands.find((one) => one.cmd === cmd) ?? {}
    const names = Object.entries(errors).map(([name, { status }]) => [status, name] as const)
    const outcome = client.call({ cmd, errors: names, idempotent }, data).catch((error) => error.code)
    let settled: { readonly value: unknown } | undefined
    void outcome.then((value) => {
      settled = { value }
    })
    await this.clock.settle()
    if (ms > 0) await this.clock.advance(ms)
    await this.clock.settle()
    return settled === undefined ? 'pending' : settled.value
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.close()
    await this.clock.settle()
    const closed = this.mock.close({ drainMs: 0 })
    await this.clock.advance(1)
    await closed
    assertNoLeaks({ clock: this.clock, transport: this.network.clientTransport })
  }
}

let stage: Stage
afterEach(() => stage?.close())

function open(options: MockOptions<Api> = {}): WsrvClient {
  stage = new Stage(options)
  return stage.connect()
}

describe('a mock', () => {
  it('answers every command of a contract with what its schema accepts, and plausibly', async () => {
    const client = open()
    const user = (await stage.call(client, 'userinfo')) as { readonly name: string; readonly onlineSinceMs: number }
    expect(user.name).toMatch(/^[A-Z][\w'-]+ [A-Z]/)
    expect(new Date(user.onlineSinceMs).toISOString()).toMatch(/^2025-12-/)
    expect(await stage.call(client, 'chat.history', { room: 'lobby' })).toMatchObject({ messages: expect.any(Array) })
    expect(await stage.call(client, 'register', { uid: 0 })).toBe('bad_request')
    expect(await stage.call(client, 'nothing')).toBe('not_implemented')
  })

  it('draws the same for the same seed, and alike for what is idempotent', async () => {
    const draws = async (seed: number) => {
      const client = open({ seed })
      const values = [
        await stage.call(client, 'userinfo'),
        await stage.call(client, 'userinfo'),
        await stage.call(client, 'chat.send', { room: 'a', content: { kind: 'text', text: 'x' } }),
        await stage.call(client, 'chat.send', { room: 'a', content: { kind: 'text', text: 'x' } }),
      ]
      return values
    }
    const [first, again, sent, next] = await draws(1)
    expect(again).toEqual(first)
    expect(next).not.toEqual(sent)
    await stage.close()
    expect(await draws(1)).toEqual([first, again, sent, next])
    await stage.close()
    expect((await draws(2))[0]).not.toEqual(first)
  })

  it('answers by typed handlers, replaced and reset', async () => {
    const ada = { uid: 7, name: 'Ada', onlineSinceMs: 0 }
    const client = open({ handlers: { userinfo: () => ada } })
    expect(await stage.call(client, 'userinfo')).toEqual(ada)
    stage.mock.answer({ register: (c) => c.error('uid_taken', { uid: c.data.uid }) })
    expect(await stage.call(client, 'register', { uid: 3 })).toBe('uid_taken')
    expect(stage.mock.requests.map(({ cmd, data }) => [cmd, data])).toEqual([
      ['userinfo', {}],
      ['register', { uid: 3 }],
    ])
    stage.mock.reset()
    expect(await stage.call(client, 'register', { uid: 3 })).toEqual({})
    expect(await stage.call(client, 'userinfo')).toEqual(ada)
    expect(() => stage.mock.answer({ nothing: () => ({}) } as never)).toThrow('the contract has no command "nothing"')
  })

  it('plays a script: what fits a request, in turn, with pushes and delays', async () => {
    const client = open({
      script: {
        answers: {
          userinfo: [{ data: { uid: 1, name: 'one', onlineSinceMs: 0 } }, { delayMs: 3_000 }],
          register: [{ when: { uid: 9 }, error: 'uid_taken' }, { pushes: [{ push: 'user_register' }] }],
          'chat.send': { status: 1999, msg: 'full' },
        },
      },
    })
    const pushed: unknown[] = []
    client.on('user_register', (data) => pushed.push(data))
    expect(await stage.call(client, 'userinfo')).toMatchObject({ name: 'one' })
    expect(await stage.call(client, 'userinfo')).toBe('pending')
    await stage.clock.advance(3_000)
    expect(await stage.call(client, 'register', { uid: 9 })).toBe('uid_taken')
    expect(await stage.call(client, 'register', { uid: 8 })).toEqual({})
    expect(pushed).toEqual([{ uid: expect.any(Number) }])
    expect(await stage.call(client, 'chat.send', { room: 'a', content: { kind: 'text', text: 'x' } })).toBe('unknown')
  })

  it('pushes on a schedule while there is a session', async () => {
    const client = open({ script: { pushes: [{ push: 'have_user_left', everyMs: 1_000 }] } })
    const pushed: unknown[] = []
    client.on('have_user_left', (data) => pushed.push(data))
    await stage.clock.settle()
    await stage.clock.advance(3_500)
    expect(pushed).toHaveLength(3)
    expect(pushed[0]).not.toEqual(pushed[1])
  })

  it('makes answers slow, fails and drops as it is asked to', async () => {
    const client = open({ faults: { latencyMs: [100, 200] } })
    expect(await stage.call(client, 'userinfo', {}, 99)).toBe('pending')
    expect(await stage.call(client, 'userinfo', {}, 200)).toMatchObject({ uid: expect.any(Number) })
    await stage.close()

    const failing = open({ faults: { errorRate: 1 } })
    expect(await stage.call(failing, 'register', { uid: 1 })).toBe('uid_taken')
    expect(await stage.call(failing, 'userinfo')).toBe('internal')
    await stage.close()

    const dropped = open({ script: { answers: { userinfo: [{ drop: true }, {}] } } })
    const states: string[] = []
    dropped.onState((state) => void states.push(state))
    expect(await stage.call(dropped, 'userinfo', {}, 3_000)).toMatchObject({ uid: expect.any(Number) })
    expect(states).toContain('waiting')
  })

  it.each([
    [{ answers: { user_info: {} } }, 'the contract has no command "user_info". Did you mean "userinfo"?'],
    [{ answers: { register: { error: 'taken' } } }, 'register has no error "taken". Expected uid_taken.'],
    [{ answers: { userinfo: { data: { uid: 0 } } } }, 'userinfo[0].data/uid must be >= 1, got 0.'],
    [{ answers: { userinfo: { dat: {} } } }, 'userinfo[0] has no "dat". Did you mean "data"?'],
    [{ pushes: [{ push: 'user_register', everyMs: 0 }] }, 'everyMs must be a number above 0, got 0.'],
    [{ pushes: [{ push: 'x', everyMs: 1 }] }, 'the contract has no push "x".'],
    [[], 'the script must be an object, got an array of 0.'],
  ])('refuses the script %j', (script, says) => {
    expect(() => createMock(contract, { script: script as never })).toThrow(says)
  })

  it('refuses faults that are out of range', () => {
    expect(() => createMock(contract, { faults: { errorRate: 2 } })).toThrow(
      'errorRate must be a share from 0 to 1, got 2',
    )
    expect(() => createMock(contract, { faults: { latencyMs: [2, 1] } })).toThrow('latencyMs must go from less to more')
  })
})

describe('what is drawn', () => {
  it.each<[string, Contract]>([
    ['the quickstart', contract],
    ['every kind of schema', FORMS],
  ])('is accepted by the schemas of %s', (_, { commands, pushes, types }) => {
    const schemas = [
      ...pushes.map(({ data }) => data),
      ...commands.flatMap(({ request, response, errors }) => [
        ...[request, response],
        ...Object.values(errors).map(({ data }) => data),
      ]),
    ]
    for (const [at, schema] of schemas.entries()) {
      for (let seed = 0; seed < 8; seed += 1) {
        const value = drawValue(schema, types, createDraw(`${at} ${seed}`, 0))
        expect(explainRequest(schema, value, types).issues, JSON.stringify(value)).toEqual([])
      }
    }
  })
})
