import { until } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { connect, type RawPeer } from './raw-peer.ts'
import { testContract } from './test-contract.ts'
import { type ServeOptions, serve, type TestServer } from './test-server.ts'

/** The test contract with `anything` as a stream of integers. */
const contract = {
  ...testContract,
  commands: testContract.commands.map((one) =>
    one.cmd === 'anything' ? { ...one, stream: { type: 'integer' }, response: { type: 'object' } } : one,
  ),
}

type Items = AsyncGenerator<unknown, unknown, undefined>
type StreamContext = Parameters<Parameters<TestServer['server']['handle']>[1]>[0]

/** A server whose `anything` is this stream, and a connection to it. */
async function play(
  stream: (c: StreamContext) => Items,
  options: ServeOptions = {},
): Promise<TestServer & { readonly peer: RawPeer }> {
  const test = await serve({ contract, ...options }, (server) => server.handle('anything', (c) => stream(c as never)))
  return { ...test, peer: await connect(test.url) }
}

function open(peer: RawPeer, credit: unknown, more: object = {}): void {
  peer.send(JSON.stringify({ cmd: 'anything', seqno: 's', data: {}, credit, ...more }))
}

const credit = (items: unknown, seqno = 's'): string => JSON.stringify({ cmd: '$credit', data: { seqno, items } })
const items = (...data: readonly number[]): string =>
  JSON.stringify({ cmd: 'anything', seqno: 's', status: 100, msg: 'item', data })
const answer = (status: number, msg = 'ok', data: unknown = {}): string =>
  JSON.stringify({ cmd: 'anything', seqno: 's', status, msg, data })

async function* count(to: number): Items {
  for (let item = 1; item <= to; item += 1) yield item
  return { last: to }
}

const never = (): Promise<never> => new Promise(() => undefined)

/** Every item of the frames, in order. */
function itemsOf(frames: readonly string[]): readonly number[] {
  return frames.flatMap((frame) => JSON.parse(frame)).flatMap(({ status, data }) => (status === 100 ? data : []))
}

describe('a stream', () => {
  it('sends what its handler yields in one turn together, and then what it returns', async () => {
    const { peer } = await play(() => count(3))
    open(peer, 10)
    expect(await peer.text()).toBe(items(1, 2, 3))
    expect(await peer.text()).toBe(answer(0, 'ok', { last: 3 }))
  })

  it('puts at most 64 items, or 16 KiB of them, in a message', async () => {
    const { peer } = await play(() => count(100))
    open(peer, 1_000)
    const frames = [await peer.text(), await peer.text(), await peer.text()]
    expect(frames.map((frame) => itemsOf([frame]).length)).toEqual([64, 36, 0])
    const large = await play(
      async function* () {
        for (let item = 0; item < 5; item += 1) yield 'x'.repeat(7_000)
        return {}
      },
      {
        contract: {
          ...contract,
          commands: contract.commands.map((one) => ({ ...one, ...('stream' in one && { stream: {} }) })),
        },
      },
    )
    open(large.peer, 1_000)
    const counts = [await large.peer.text(), await large.peer.text(), await large.peer.text()]
    expect(counts.map((frame) => itemsOf([frame]).length)).toEqual([2, 2, 1])
  })

  it('asks for no more items than its reader has given credit for', async () => {
    let yielded = 0
    const { peer } = await play(async function* () {
      for (; yielded < 100; yielded += 1) yield yielded
    })
    open(peer, 3)
    expect(itemsOf(await peer.rest())).toHaveLength(3)
    peer.send(credit(5))
    peer.send(credit(4))
    expect(itemsOf(await peer.rest())).toEqual([3, 4])
    // The generator stands at the `yield` of the last that was asked for.
    expect(yielded).toBe(4)
  })

  it.each([-1, 0, 1.5, null, 'x', []])('is not opened by the credit %j, and says so', async (wrong) => {
    const { peer } = await play(() => count(3))
    open(peer, wrong)
    const msg = 'anything is a stream: its request must say how many items the client takes (credit)'
    expect(await peer.text()).toBe(answer(400, msg))
  })

  it.each([-1, 0, 1.5, null, 'x', [], {}, -1e308])('goes on as if the credit %j had not come', async (wrong) => {
    const { peer } = await play(() => count(3))
    open(peer, 2)
    expect(await peer.text()).toBe(items(1, 2))
    peer.send(credit(wrong))
    peer.send(credit(3, 'another'))
    peer.send('{"cmd":"$credit"}')
    expect(await peer.rest()).toEqual([])
    peer.send(credit(3))
    expect(await peer.text()).toBe(items(3))
  })

  it('is held by what its reader takes, however large the credit', async () => {
    let yielded = 0
    const { peer } = await play(async function* () {
      for (;;) {
        yielded += 1
        yield yielded
      }
    })
    peer.send('{"cmd":"$hello","seqno":"h","data":{"client":"c","session":{"holder":"me"}}}')
    await peer.text()
    open(peer, Number.MAX_SAFE_INTEGER)
    await until(() => yielded > 0)
    const before = itemsOf(await peer.rest()).length
    expect(itemsOf(await peer.rest())).toEqual([])
    // Half of the journal, in bytes or in messages.
    expect(before * 7).toBeLessThan(131_072 + 20_000)
    const frames = Math.ceil(before / 64)
    peer.send(JSON.stringify({ cmd: '$ack', data: { n: frames } }))
    expect(itemsOf(await peer.rest()).length).toBeGreaterThan(0)
  })

  it('ends with an error of its command, behind the items', async () => {
    const { peer, failures } = await play(async function* (c) {
      yield 1
      return c.abort(1_234, 'broke off')
    })
    open(peer, 10)
    expect(await peer.text()).toBe(items(1))
    expect(await peer.text()).toBe(answer(1_234, 'broke off'))
    expect(failures).toEqual([])
  })

  it('ends with 500 behind the items when its handler throws, or yields what the contract does not have', async () => {
    const ends: unknown[] = []
    const { peer, failures } = await play(async function* ({ data }) {
      try {
        yield 1
        if (Array.isArray(data)) throw new Error('broken')
        yield 'two'
      } finally {
        ends.push(data)
      }
    })
    for (const data of [{}, []]) {
      open(peer, 10, { data })
      expect(await peer.text()).toBe(items(1))
      expect(await peer.text()).toBe(answer(500, 'internal error'))
    }
    expect(ends).toEqual([{}, []])
    expect(failures.map(({ kind, error }) => `${kind}: ${error}`)).toEqual([
      'bad_response: TypeError: anything yielded a bad item: data must be integer, got "two"',
      'handler_threw: Error: broken',
    ])
  })

  it('ends at once when its reader gives it up: it is answered, its signal fires, its `finally` runs', async () => {
    const log: string[] = []
    const { peer } = await play(async function* (c) {
      c.signal.addEventListener('abort', () => log.push('signal'))
      try {
        for (let item = 1; ; item += 1) yield item
      } finally {
        log.push('finally')
      }
    })
    open(peer, 2)
    expect(await peer.text()).toBe(items(1, 2))
    peer.send('{"cmd":"$cancel","seqno":"c","data":{"seqno":"s"}}')
    expect(await peer.text()).toBe(answer(499, 'cancelled'))
    await until(() => log.length === 2)
    expect(log).toEqual(['signal', 'finally'])
    // Its seqno is free again.
    open(peer, 1)
    await peer.text()
    expect(await peer.text()).toBe(items(1))
  })

  it('is told by its signal when it is given up while it waits', async () => {
    const log: string[] = []
    const { peer } = await play(async function* (c) {
      try {
        yield 1
        await new Promise((_, reject) => c.signal.addEventListener('abort', () => reject(c.signal.reason)))
      } finally {
        log.push('finally')
      }
    })
    open(peer, 5)
    await peer.text()
    peer.send('{"cmd":"$cancel","seqno":"c","data":{"seqno":"s"}}')
    expect(await peer.text()).toBe(answer(499, 'cancelled'))
    await until(() => log.length === 1)
  })

  it('ends with the connection of a client without a session', async () => {
    const log: string[] = []
    const { peer } = await play(async function* () {
      try {
        for (let item = 1; ; item += 1) yield item
      } finally {
        log.push('finally')
      }
    })
    open(peer, 2)
    await peer.text()
    peer.socket.terminate()
    await until(() => log.length === 1)
  })

  it('has the time of its caller, not of handlers, until the first item, and then as long as it takes', async () => {
    const steps: (() => void)[] = []
    const { peer, clock } = await play(
      async function* () {
        for (let item = 1; item < 3; item += 1) {
          await new Promise<void>((resolve) => steps.push(resolve))
          yield item
        }
        return {}
      },
      { handlerTimeoutMs: 500 },
    )
    open(peer, 5, { timeoutMs: 1_000 })
    await peer.settled()
    await clock.advance(999)
    expect(await peer.rest()).toEqual([])
    await clock.advance(1)
    expect(await peer.text()).toBe(answer(408, 'timeout'))
    open(peer, 5, { timeoutMs: 1_000 })
    await until(() => steps.length === 2)
    steps[1]?.()
    expect(await peer.text()).toBe(items(1))
    await clock.advance(100_000)
    steps[2]?.()
    expect(await peer.text()).toBe(items(2))
    expect(await peer.text()).toBe(answer(0))
  })

  it('ends with 408 when its reader takes nothing for `streamIdleMs`', async () => {
    const log: string[] = []
    const { peer, clock } = await play(
      async function* (c) {
        try {
          for (let item = 1; ; item += 1) yield item
        } finally {
          log.push(`finally, ${c.signal.aborted}`)
        }
      },
      { limits: { streamIdleMs: 5_000 } },
    )
    open(peer, 1)
    expect(await peer.text()).toBe(items(1))
    await clock.advance(4_999)
    peer.send(credit(2))
    expect(await peer.text()).toBe(items(2))
    await clock.advance(5_000)
    expect(await peer.text()).toBe(answer(408, 'its reader took nothing for 5000 ms'))
    expect(log).toEqual(['finally, true'])
  })

  it('that is refused by a middleware never begins', async () => {
    const { peer, server } = await play(() => count(3))
    server.use((c) => c.abort(403, 'no'))
    open(peer, 5)
    expect(await peer.text()).toBe(answer(403, 'no'))
  })

  it('keeps its place among the requests in flight until its generator has ended', async () => {
    const { peer } = await play(
      async function* () {
        yield 1
        await never()
      },
      { limits: { maxInFlight: 1 } },
    )
    open(peer, 5)
    await peer.text()
    peer.send('{"cmd":"$cancel","seqno":"c","data":{"seqno":"s"}}')
    await peer.text()
    await peer.text()
    open(peer, 5)
    expect(JSON.parse(await peer.text())).toMatchObject({ status: 429 })
  })
})
