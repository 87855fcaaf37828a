import { describe, expect, it } from 'vitest'
import { regenerate, SECTIONS } from './sections.ts'

describe('documents', () => {
  it.each([...new Set(SECTIONS.map((section) => section.file))])(
    '%s shows what the source says (else: pnpm docs)',
    (file) => {
      const { before, after } = regenerate(file)
      expect(before).toBe(after)
    },
  )
})
