import { type Caller, type ClientOptions, CommandError } from '@wsrv/client'
import { describe, expect, it } from 'vitest'
import { answerHello, createStage, openStage, push, reply, type Stage } from './stage.ts'

const register = { cmd: 'register', idempotent: true }
const join = { cmd: 'join' }
const send = { cmd: 'send' }

/** What a frame asks for, and under which seqno. */
function asked(frame: unknown): readonly [cmd: string, seqno: string] {
  const { cmd, seqno } = JSON.parse(String(frame))
  return [cmd, seqno]
}

/** Takes the one request that came, which must be of `cmd`, and answers it. */
async function answer({ peer, settle }: Stage, cmd: string, status = 0, data = '{}'): Promise<void> {
  const [came, seqno] = asked(peer.takeOne())
  expect(came).toBe(cmd)
  peer.send(`{"cmd":"${cmd}","seqno":"${seqno}","status":${status},"msg":"said","data":${data}}`)
  await settle()
}

/** A client that registers and then joins on every connection. */
function setUpStage(options: ClientOptions = {}): Promise<Stage> {
  return openStage({
    setup: async (client) => {
      await client.call(register, {})
      await client.call(join, {})
    },
    ...options,
  })
}

describe('setup', () => {
  it('runs on every new connection before any waiting call leaves, and then the client is open', async () => {
    const stage = await setUpStage({ extensions: true })
    const states: string[] = []
    stage.client.onState((state) => states.push(state))
    stage.client.call(send, {}).catch(() => {})
    await answerHello(stage)
    await answer(stage, 'register')
    await answer(stage, 'join')
    await answer(stage, 'send')
    stage.peer.drop()
    await stage.settle()
    stage.client.call(send, {}).catch(() => {})
    await stage.settle()
    await answerHello(stage)
    expect(stage.client.state).toBe('connecting')
    await answer(stage, 'register')
    await answer(stage, 'join')
    await answer(stage, 'send')
    expect(states).toEqual(['open', 'waiting', 'connecting', 'open'])
  })

  it('goes before calls that are sent again', async () => {
    const stage = await setUpStage()
    await answer(stage, 'register')
    await answer(stage, 'join')
    stage.client.call({ cmd: 'read', idempotent: true }, {}).catch(() => {})
    stage.peer.drop()
    await stage.settle()
    await answer(stage, 'register')
    await answer(stage, 'join')
    await answer(stage, 'read')
  })

  it('may make several calls at once; a server that takes one at a time gets them one after the other', async () => {
    const setup = (client: Caller) => Promise.all([client.call(register, {}), client.call(join, {})])
    const both = await openStage({ setup })
    expect(both.peer.take().map((frame) => asked(frame)[0])).toEqual(['register', 'join'])
    const one = await openStage({ setup, maxInFlight: 1 })
    await answer(one, 'register')
    await answer(one, 'join')
    expect(one.client.state).toBe('open')
  })

  it('hears pushes meanwhile', async () => {
    const stage = await setUpStage()
    const ticks: number[] = []
    stage.client.on('tick', (tick) => ticks.push(tick))
    stage.peer.send(push('tick', '1'))
    await stage.settle()
    expect([stage.client.state, ticks]).toEqual(['connecting', [1]])
  })

  it('resolves connect() when it is done', async () => {
    const stage = await setUpStage()
    let isOpen = false
    const opening = stage.client.connect().then(() => {
      isOpen = true
    })
    await answer(stage, 'register')
    expect(isOpen).toBe(false)
    await answer(stage, 'join')
    await opening
  })

  it('may go on calling when the client is open, and not on another connection', async () => {
    let caller: Caller | undefined
    const stage = await openStage({
      setup: (client) => {
        caller ??= client
      },
    })
    void caller?.call(send, {}).catch(() => {})
    await answer(stage, 'send')
    stage.peer.drop()
    await stage.settle()
    await expect(caller?.call(send, {})).rejects.toMatchObject({ code: 'disconnected' })
  })

  it('whose connection is lost runs again on the next, and its calls fail with it', async () => {
    const failures: unknown[] = []
    const stage = await setUpStage({
      setup: async (client) => {
        await client.call(register, {}).catch((error: CommandError) => failures.push(error.code))
        await client.call(join, {}).catch((error: CommandError) => failures.push(error.code))
      },
    })
    const [old] = stage.transport.peers
    old?.drop()
    await stage.settle()
    expect(failures).toEqual(['disconnected', 'disconnected'])
    await answer(stage, 'register')
    await answer(stage, 'join')
    expect([stage.client.state, failures.length]).toEqual(['open', 2])
    expect(stage.problems.map(({ kind }) => kind)).toEqual(['connect_failed'])
  })

  it.each([
    ['an error of the contract', 1001],
    ['a failing server', 500],
  ])('that fails with %s is reported and runs again on another connection after a delay', async (_, status) => {
    const stage = await setUpStage({ random: () => 0.5 })
    const call = stage.client.call(send, {})
    call.catch(() => {})
    await answer(stage, 'register', status)
    expect([stage.client.state, stage.problems]).toEqual([
      'waiting',
      [{ kind: 'setup_failed', error: expect.objectContaining({ status }) }],
    ])
    await stage.clock.advance(500)
    await answer(stage, 'register')
    await answer(stage, 'join')
    await answer(stage, 'send')
    await call
  })

  it('that throws anything else is tried again as well', async () => {
    let count = 0
    const stage = await openStage({
      setup: () => {
        if (count++ === 0) throw new Error('no cookie yet')
      },
    })
    expect([stage.client.state, stage.problems]).toEqual([
      'open',
      [{ kind: 'setup_failed', error: new Error('no cookie yet') }],
    ])
  })

  it('stays away as long as the refusal asks', async () => {
    const stage = await setUpStage({ random: () => 0.5 })
    const delays: unknown[] = []
    stage.client.onState((_, { retryDelayMs }) => delays.push(retryDelayMs))
    await answer(stage, 'register', 503, '{"retryAfterMs":7000}')
    expect(delays).toEqual([7_500])
  })

  it.each([
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [400, 'bad_request'],
    [-1, 'not_implemented'],
  ])('that fails with %i closes the client, and calls say so', async (status, code) => {
    const stage = await setUpStage()
    const call = stage.client.call(send, {})
    call.catch(() => {})
    await answer(stage, 'register', status)
    expect(stage.client.state).toBe('closed')
    await expect(call).rejects.toMatchObject({ cmd: 'send', code, cause: { cmd: 'register', code } })
  })

  it('is final when the client’s own rule says so', async () => {
    const stage = await setUpStage({
      reconnect: { isFinal: ({ cause }) => cause instanceof CommandError && cause.status === 1001 },
    })
    await answer(stage, 'register', 1001)
    expect(stage.client.state).toBe('closed')
  })

  it('that never ends, or awaits a call of the outer client, is given up after 10 s, and calls say what they wait for', async () => {
    const stage = createStage({ setup: () => stage.client.call(send, {}, { timeoutMs: 60_000 }), random: () => 0.5 })
    await stage.settle()
    const call = stage.client.call(send, {}, { timeoutMs: 9_000 })
    call.catch(() => {})
    await stage.clock.advance(9_000)
    await expect(call).rejects.toMatchObject({
      code: 'timeout',
      msg: 'not sent within 9000 ms: setup has not finished',
    })
    const changes: unknown[] = []
    stage.client.onState((_, { close }) => changes.push(close?.reason))
    await stage.clock.advance(1_000)
    expect(changes).toEqual(['setup took longer than 10000 ms'])
  })

  it('is given the commands of a generated client', async () => {
    const stage = await openStage({
      commands: (caller) => ({ join: (room: string) => caller.call(join, { room }) }),
      setup: (client: Caller & { join?: (room: string) => unknown }) => client.join?.('lobby'),
    })
    expect(stage.peer.takeOne()).toBe('{"cmd":"join","seqno":"aaaaaa-0001","data":{"room":"lobby"}}')
    stage.peer.send(reply('join', 'aaaaaa-0001'))
    await stage.settle()
    expect(stage.client.state).toBe('open')
  })
})
