import type { ClientOptions } from '@wsrv/client'
import { describe, expect, it } from 'vitest'
import { createStage, reply, type Stage } from './stage.ts'

const NOT_IMPLEMENTED = '{"cmd":"$hello","seqno":"aaaaaa-0001","status":-1,"msg":"not implement","data":{}}'

async function meet(options: ClientOptions): Promise<Stage> {
  const stage = createStage({ maxInFlight: undefined, ...options } as ClientOptions)
  await stage.settle()
  return stage
}

const cmdsOf = (frames: readonly unknown[]): readonly string[] => frames.map((frame) => JSON.parse(String(frame)).cmd)

describe('a server without extensions', () => {
  it.each([
    ['answers −1', true],
    ['is not asked for them', false],
  ])('that %s rests 5 ms between an answer and the next call', async (_, extensions) => {
    const { client, clock, peer, settle } = await meet({ extensions })
    if (extensions) {
      peer.take()
      peer.send(NOT_IMPLEMENTED)
      await settle()
    }
    await clock.advance(5)
    const calls = [client.call({ cmd: 'one' }, {}), client.call({ cmd: 'two' }, {})]
    const [first = ''] = peer.take().map(String)
    expect(cmdsOf([first])).toEqual(['one'])
    peer.send(reply('one', JSON.parse(first).seqno))
    await clock.advance(4)
    expect(peer.take()).toEqual([])
    await clock.advance(1)
    const [second = ''] = peer.take().map(String)
    expect(cmdsOf([second])).toEqual(['two'])
    peer.send(reply('two', JSON.parse(second).seqno))
    await expect(Promise.all(calls)).resolves.toEqual([{}, {}])
  })

  it('rests no longer where the application says how much it takes', async () => {
    const { client, peer } = await meet({ extensions: false, maxInFlight: 2 })
    void client.call({ cmd: 'one' }, {}).catch(() => {})
    void client.call({ cmd: 'two' }, {}).catch(() => {})
    expect(cmdsOf(peer.take())).toEqual(['one', 'two'])
  })
})
