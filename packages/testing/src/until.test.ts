import { expect, it } from 'vitest'
import { until } from './until.ts'

it('resolves as soon as the condition holds', async () => {
  let turns = 0
  await until(() => ++turns === 5)
  expect(turns).toBe(5)
})

it('waits for what takes longer than some turns of the loop', async () => {
  let isDone = false
  const timer = setTimeout(() => {
    isDone = true
  }, 50)
  await until(() => isDone)
  clearTimeout(timer)
  expect(isDone).toBe(true)
})

it('rejects when it never holds, and says what was waited for', async () => {
  await expect(until(() => false, 'the reply', { withinMs: 5 })).rejects.toThrow(
    'did not happen within 5 ms: the reply',
  )
  const replies = 0
  await expect(until(() => replies > 0, undefined, { withinMs: 5 })).rejects.toThrow('replies > 0')
})
