import { describe, expect, it } from 'vitest'
import { FakeClock } from './fake-clock.ts'
import { assertNoLeaks } from './leaks.ts'
import { MemoryTransport } from './memory-transport.ts'

describe('assertNoLeaks', () => {
  it('is content when nothing is left', () => {
    expect(() => assertNoLeaks({ clock: new FakeClock(), transport: new MemoryTransport(), signals: [] })).not.toThrow()
  })

  it('counts what is left', () => {
    const clock = new FakeClock()
    clock.setTimeout(() => {}, 5)
    const transport = new MemoryTransport()
    transport.connect('memory:', { opened: () => {}, received: () => {}, closed: () => {} })
    const { signal } = new AbortController()
    signal.addEventListener('abort', () => {})
    expect(() => assertNoLeaks({ clock, transport, signals: [signal] })).toThrow(
      'left behind: 1 timers, 1 live connections, 1 abort listeners',
    )
  })
})
