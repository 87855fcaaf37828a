import { describe, expect, it } from 'vitest'
import { createSeqnoSource } from './seqno.ts'

describe('createSeqnoSource', () => {
  it('counts behind a random prefix', () => {
    const next = createSeqnoSource(() => 0)
    expect([next(), next()]).toEqual(['aaaaaa-0001', 'aaaaaa-0002'])
  })

  it('never repeats and never has the 8 characters of a push seqno', () => {
    const next = createSeqnoSource(Math.random)
    const seen = new Set(Array.from({ length: 50_000 }, next))
    expect(seen.size).toBe(50_000)
    expect([...seen].every((seqno) => seqno.length > 8 && seqno.length <= 64)).toBe(true)
  })
})
