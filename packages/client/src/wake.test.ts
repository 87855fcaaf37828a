import { afterEach, describe, expect, it, vi } from 'vitest'
import { onWake } from './wake.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('onWake', () => {
  it.each(['online', 'visibilitychange'])('wakes at %s, until it is told not to', (event) => {
    const page = new EventTarget()
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
    const wake = vi.fn()
    const off = onWake(wake)
    page.dispatchEvent(new Event(event))
    expect(wake).toHaveBeenCalledTimes(1)
    off()
    page.dispatchEvent(new Event(event))
    expect(wake).toHaveBeenCalledTimes(1)
  })

  it('does nothing where there are no such events', () => {
    expect(() => onWake(() => {})()).not.toThrow()
  })
})
