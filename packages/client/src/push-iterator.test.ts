import { describe, expect, it } from 'vitest'
import { PushQueue } from './push-iterator.ts'

async function drain(queue: PushQueue<number>): Promise<number[]> {
  queue.end()
  const drained: number[] = []
  for await (const data of queue) drained.push(data)
  return drained
}

describe('a push queue', () => {
  it('drops the oldest when full, and counts', async () => {
    const queue = new PushQueue<number>({ maxQueued: 2 }, () => {})
    for (const data of [1, 2, 3, 4]) queue.push(data)
    expect(queue.dropped).toBe(2)
    expect(await drain(queue)).toEqual([3, 4])
  })

  it('drops the newest instead when told to', async () => {
    const queue = new PushQueue<number>({ maxQueued: 2, overflow: 'drop_newest' }, () => {})
    for (const data of [1, 2, 3, 4]) queue.push(data)
    expect(queue.dropped).toBe(2)
    expect(await drain(queue)).toEqual([1, 2])
  })

  it('holds 1,000 when nobody says', async () => {
    const queue = new PushQueue<number>({}, () => {})
    for (let data = 0; data <= 1_000; data++) queue.push(data)
    expect(queue.dropped).toBe(1)
    expect((await drain(queue)).length).toBe(1_000)
  })

  it('serves several readers in the order they asked', async () => {
    const queue = new PushQueue<number>({}, () => {})
    const reads = Promise.all([queue.next(), queue.next(), queue.next()])
    queue.push(1)
    queue.push(2)
    queue.end()
    expect((await reads).map(({ value }) => value)).toEqual([1, 2, undefined])
  })

  it('lets go once, however often it ends', async () => {
    let released = 0
    const queue = new PushQueue<number>({}, () => released++)
    queue.end()
    await queue.return()
    queue.end()
    expect(released).toBe(1)
    expect(await queue.next()).toEqual({ value: undefined, done: true })
  })

  it('drops what is queued at return', async () => {
    const queue = new PushQueue<number>({}, () => {})
    queue.push(1)
    await queue.return()
    expect(await queue.next()).toEqual({ value: undefined, done: true })
  })
})
