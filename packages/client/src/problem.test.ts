import { afterEach, describe, expect, it, vi } from 'vitest'
import { reportProblem } from './problem.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('the default onProblem', () => {
  const error = new Error('mine')

  it('hands the error to reportError where there is one', () => {
    const reportError = vi.fn()
    vi.stubGlobal('reportError', reportError)
    reportProblem({ kind: 'subscriber_threw', error })
    expect(reportError.mock.calls).toEqual([[error]])
  })

  it('warns in Node', () => {
    vi.stubGlobal('reportError', undefined)
    const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    reportProblem({ kind: 'unreadable_message', error })
    reportProblem({ kind: 'url_failed', error: 17 })
    expect(emitWarning.mock.calls).toEqual([[error], ['17']])
  })

  it('warns in Deno, whose reportError would end the process', () => {
    const reportError = vi.fn()
    vi.stubGlobal('reportError', reportError)
    vi.stubGlobal('Deno', {})
    const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    reportProblem({ kind: 'subscriber_threw', error })
    expect([reportError.mock.calls, emitWarning.mock.calls]).toEqual([[], [[error]]])
  })

  it('keeps quiet about a message that nobody waits for', () => {
    const reportError = vi.fn()
    vi.stubGlobal('reportError', reportError)
    reportProblem({ kind: 'unexpected_message', error })
    expect(reportError).not.toHaveBeenCalled()
  })
})
