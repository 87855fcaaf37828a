import { describe, expect, it } from 'vitest'
import { findExcess } from './scan-json.ts'

const keys = (count: number): string => `{${Array.from({ length: count }, (_, index) => `"k${index}":1`).join()}}`

describe('what a JSON text has too much of', () => {
  it.each([
    ['levels', '['.repeat(1_000_000), 'data must not be nested deeper than 64 levels'],
    ['arrays', `[${'[],'.repeat(65_536)}1]`, 'a message must hold at most 65536 objects and arrays'],
    ['objects', `[${'{},'.repeat(65_536)}1]`, 'a message must hold at most 65536 objects and arrays'],
    ['keys', keys(16_385), 'a message must hold at most 16384 properties in objects of more than 64'],
    ['keys in several objects', `[${`${keys(5_000)},`.repeat(4)}1]`, 'a message must hold at most 16384 properties'],
  ])('is found: %s', (_, text, problem) => {
    expect(findExcess(text)).toMatch(problem)
  })

  it.each([
    ['64 levels of data', `{"data":${'['.repeat(64)}${']'.repeat(64)}}`],
    ['many records', `[${'{"a":1,"b":[]},'.repeat(30_000)}1]`],
    ['many numbers', `[${'1,'.repeat(500_000)}1]`],
    ['brackets and escapes in strings', `["${'[{:'.repeat(100_000)}","\\"[${'['.repeat(100)}","\\\\",[]]`],
    ['a string that does not end', `["${'['.repeat(100)}`],
    ['more closed than opened', ']'.repeat(100)],
  ])('is not: %s', (_, text) => {
    expect(findExcess(text)).toBe(undefined)
  })
})
