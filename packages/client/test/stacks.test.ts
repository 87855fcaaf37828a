import { describe, expect, it } from 'vitest'
import { createClient } from '../../../examples/quickstart/generated/client.ts'
import { createStage, openStage, push } from './stage.ts'

const REFUSED = '{"cmd":"echo","seqno":"aaaaaa-0001","status":500,"msg":"no","data":{}}'
const echo = { cmd: 'echo' }

/** Lines of a stack that are in this file, by the name of their function. */
async function namesIn(failing: Promise<unknown>): Promise<readonly string[]> {
  const error = (await failing.catch((thrown) => thrown)) as Error
  expect(error.stack?.split('\n')[0]).toBe(`CommandError: ${error.message}`)
  return [...(error.stack ?? '').matchAll(/at (?:async )?(\S+) \(.*stacks\.test\.ts:\d+:\d+\)/g)].map(
    ([, name = '']) => name,
  )
}

describe('the stack of a call that fails', () => {
  it.each([
    ['refused by the server', (peer: { send(text: string): void }) => peer.send(REFUSED), {}],
    ['whose time is over', () => {}, { timeoutMs: 5 }],
    ['whose connection is lost', (peer: { drop(): void }) => peer.drop(), {}],
  ])('names the lines that wait for one %s', async (_, fail, options) => {
    const { client, peer, clock } = await openStage()
    async function clicked(): Promise<void> {
      await pressed()
    }
    async function pressed(): Promise<void> {
      await client.call(echo, {}, options)
    }
    const names = namesIn(clicked())
    fail(peer)
    await clock.advance(5)
    expect(await names).toEqual(['pressed', 'clicked', 'namesIn'])
  })

  it('names them through a generated client, also of several calls at once, and of one that is closed', async () => {
    const stage = createStage()
    const client = createClient('ws://x', { transport: stage.transport, clock: stage.clock, lazy: true })
    client.close()
    async function pressed(): Promise<void> {
      await Promise.all([client.userinfo()])
    }
    expect(await namesIn(pressed())).toEqual(['pressed', 'namesIn'])
  })

  it('names the line in setup', async () => {
    const reasons: unknown[] = []
    const stage = createStage({
      setup: async function enter(commands) {
        await commands.call(echo, {})
      },
      onProblem: ({ error }) => reasons.push(error),
    })
    await stage.settle()
    stage.peer.send(REFUSED)
    await stage.settle()
    expect(await namesIn(Promise.reject(reasons[0]))).toEqual(['enter'])
  })
})

it('the error of a listener keeps its own stack', async () => {
  const { client, peer, problems, settle } = await openStage()
  client.on('tick', function show() {
    throw new Error('mine')
  })
  peer.send(push('tick', '1'))
  await settle()
  expect(problems[0]?.error).toHaveProperty(
    'stack',
    expect.stringMatching(/^Error: mine\n\s+at show \(.*stacks\.test\.ts/),
  )
})
