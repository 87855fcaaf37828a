import { afterEach, describe, expect, it, vi } from 'vitest'
import { startBackgroundTimer } from './background-timer.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('a background timer', () => {
  it('ticks with its worker, and ends it', () => {
    const workers: FakeWorker[] = []
    class FakeWorker {
      onmessage: (() => void) | undefined
      readonly terminate = vi.fn()
      readonly source: string
      constructor(source: string) {
        this.source = source
        workers.push(this)
      }
    }
    vi.stubGlobal('Worker', FakeWorker)
    const tick = vi.fn()
    const stop = startBackgroundTimer(5_000, tick)
    expect(workers.map(({ source }) => source)).toEqual([
      'data:text/javascript,self.setInterval(()=>postMessage(0),5000)',
    ])
    workers[0]?.onmessage?.()
    expect(tick).toHaveBeenCalledTimes(1)
    stop()
    expect(workers[0]?.terminate).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['there are no workers', undefined],
    [
      'the page’s policy forbids them',
      class {
        constructor() {
          throw new DOMException('no', 'SecurityError')
        }
      },
    ],
  ])('never ticks where %s', (_, worker) => {
    vi.stubGlobal('Worker', worker)
    const tick = vi.fn()
    startBackgroundTimer(1, tick)()
    expect(tick).not.toHaveBeenCalled()
  })
})
