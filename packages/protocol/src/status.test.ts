import { describe, expect, it } from 'vitest'
import { codeOfStatus, MIN_APPLICATION_STATUS, STATUS } from './status.ts'

describe('codeOfStatus', () => {
  it.each(Object.entries(STATUS))('names %s', (code, status) => {
    expect(codeOfStatus(status)).toBe(code)
  })

  it('calls the Go server’s 999999999 and any other number unknown', () => {
    expect(codeOfStatus(999_999_999)).toBe('unknown')
    expect(codeOfStatus(1_001)).toBe('unknown')
  })

  it('leaves every framework status below the application’s', () => {
    expect(Math.max(...Object.values(STATUS))).toBeLessThan(MIN_APPLICATION_STATUS)
  })
})
