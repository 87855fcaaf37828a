import { openStream } from '@wsrv/client'
import { until } from '@wsrv/testing'
import { describe, expect, it } from 'vitest'
import { contract, play } from './stage.ts'

/** Items of the long stream; `pnpm streams` sends a million. */
const ITEMS = Number(process.env['WSRV_ITEMS'] ?? 20_000)

async function read<Item>(stream: AsyncIterable<Item>): Promise<readonly Item[]> {
  const items: Item[] = []
  for await (const item of stream) items.push(item)
  return items
}

const never = (): Promise<never> => new Promise(() => undefined)
const KIB = 'x'.repeat(1_000)

describe('a stream over real sockets', () => {
  it(`of ${ITEMS} items arrives whole and in order over a link that is cut every 50 ms`, {
    timeout: 600_000,
  }, async () => {
    let yielded = 0
    const { rows, proxy, client } = await play(async function* () {
      for (; yielded < ITEMS; yielded += 1) yield yielded
      return { rows: ITEMS }
    })
    let resumes = 0
    client.onSession(({ recovered }) => {
      expect(recovered).toBe(true)
      resumes += 1
    })
    const timer = setInterval(() => proxy.cut(), 50)
    const stream = rows()
    let expected = 0
    let mostHeld = 0
    for await (const item of stream) {
      if (item !== expected) expect(item).toBe(expected)
      mostHeld = Math.max(mostHeld, yielded - expected)
      expected += 1
      // A reader that takes its time, so that the link is cut while it reads.
      if (expected % 1_000 === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    clearInterval(timer)
    expect(expected).toBe(ITEMS)
    expect(await stream.response).toEqual({ rows: ITEMS })
    expect(resumes).toBeGreaterThan(0)
    // A window at the client, and half a journal of 8 bytes an item at the server.
    expect(mostHeld).toBeLessThan(4_096 + 131_072 / 2)
    process.stdout.write(`${ITEMS} items, ${resumes} resumes, at most ${mostHeld} items between the two ends\n`)
  })

  it('whose reader stands still holds at most a mebibyte, whatever its window has grown to', async () => {
    let yielded = 0
    const { rows } = await play(async function* () {
      for (;;) {
        yielded += 1
        yield KIB
      }
    })
    const stream = rows()
    const taken = 5_000
    for (let count = 0; count < taken; count += 1) await stream.next()
    let before = -1
    await until(async () => {
      const isStill = yielded === before
      before = yielded
      await new Promise((resolve) => setTimeout(resolve, 20))
      return isStill
    })
    expect((yielded - taken) * KIB.length).toBeLessThanOrEqual(1_048_576)
    expect(yielded - taken).toBeGreaterThan(64)
    await stream.return()
  })

  it('is broken off by `break`, which reaches a handler that waits', async () => {
    const log: unknown[] = []
    const { rows, server } = await play(async function* (c) {
      try {
        yield 1
        await new Promise((_, reject) => c.signal.addEventListener('abort', () => reject(c.signal.reason)))
      } finally {
        log.push('finally')
      }
      return { rows: 1 }
    })
    const stream = rows()
    for await (const item of stream) {
      log.push(item)
      break
    }
    await expect(stream.response).rejects.toMatchObject({ code: 'cancelled' })
    expect(await stream.next()).toEqual({ value: undefined, done: true })
    await until(() => log.length === 2)
    expect(log).toEqual([1, 'finally'])
    expect(server.sessions.size).toBe(1)
  })

  it('ends with the reason of its signal', async () => {
    let hasEnded = false
    const { rows } = await play(async function* (c) {
      c.signal.addEventListener('abort', () => {
        hasEnded = true
      })
      yield 1
      return never()
    })
    const controller = new AbortController()
    const stream = rows({ signal: controller.signal })
    expect(await stream.next()).toEqual({ value: 1, done: false })
    controller.abort('enough')
    await expect(stream.next()).rejects.toBe('enough')
    await expect(stream.response).rejects.toBe('enough')
    expect((await stream.next()).done).toBe(true)
    await until(() => hasEnded)
  })

  it('ends with `timeout` when its first item does not come in time, at both ends', async () => {
    let reason: unknown
    const { rows } = await play(async function* (c) {
      c.signal.addEventListener('abort', () => {
        reason = c.signal.reason
      })
      await never()
      yield 1
      return { rows: 1 }
    })
    const stream = rows({ timeoutMs: 30 })
    await expect(read(stream)).rejects.toMatchObject({ code: 'timeout' })
    await until(() => reason !== undefined)
  })

  it('hands its items over before the error that ends it', async () => {
    const { rows } = await play(async function* (c) {
      yield 1
      yield 2
      return c.error('broken') as never
    })
    const stream = rows()
    expect(await stream.next()).toEqual({ value: 1, done: false })
    expect(await stream.next()).toEqual({ value: 2, done: false })
    await expect(stream.next()).rejects.toMatchObject({ code: 'broken', status: 1_001 })
    await expect(stream.response).rejects.toMatchObject({ code: 'broken' })
  })

  it('serves several reads at once in their order', async () => {
    const { rows } = await play(async function* () {
      yield 1
      yield 2
      return { rows: 2 }
    })
    const stream = rows()
    const reads = [stream.next(), stream.next(), stream.next(), stream.next()]
    expect((await Promise.all(reads)).map(({ value }) => value)).toEqual([1, 2, undefined, undefined])
  })

  it('is lost with its session, and says so', async () => {
    const { rows, proxy } = await play(
      async function* () {
        yield 1
        return never()
      },
      { sessions: false },
    )
    const stream = rows()
    await stream.next()
    proxy.cut()
    await expect(stream.next()).rejects.toMatchObject({ code: 'stream_lost', cmd: 'rows' })
    await expect(stream.response).rejects.toMatchObject({ code: 'stream_lost' })
  })

  it('is opened again when nothing of it has come, if its command is idempotent', async () => {
    let runs = 0
    const { rows, proxy } = await play(
      async function* () {
        runs += 1
        if (runs === 1) await never()
        yield runs
        return { rows: 1 }
      },
      { sessions: false },
    )
    const stream = rows({ idempotent: true })
    await until(() => runs === 1)
    proxy.cut()
    expect(await read(stream)).toEqual([2])
  })

  it('is a call that a server answers at once, where the command is not a stream yet', async () => {
    const plain = contract.commands.map(({ stream: _, ...one }) => one)
    const { rows, client } = await play(() => ({ rows: 0 }) as never, { contract: { ...contract, commands: plain } })
    const stream = rows()
    expect(await read(stream)).toEqual([])
    expect(await stream.response).toEqual({ rows: 0 })
    const unknown = openStream(client, { cmd: 'gone' }, {})
    await expect(read(unknown)).rejects.toMatchObject({ code: 'not_implemented' })
  })
})
