import { until } from '@wsrv/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createQuickstartServer } from '../../../examples/quickstart/server.ts'
import { GoLikeServer } from '../../client/test/go-like-server.ts'
import { barText } from '../src/show/progress-bar.ts'
import { begin, beginWith, talk } from './talk.ts'

const quickstart = createQuickstartServer(() => {})
let url = ''
beforeAll(async () => {
  url = (await quickstart.listen(0, { path: '/ws', host: '127.0.0.1' })).url
})
afterAll(() => quickstart.close({ drainMs: 0 }))

describe('wsrv bench', { timeout: 60_000 }, () => {
  it('calls on every connection for a time, and shows rate and percentiles', async () => {
    const args = ['bench', 'register', '--uid', '1', '--connections', '3', '--in-flight', '2', '--url', url]
    const { exitCode, out } = await talk(...args, '--duration', '200ms')
    expect(out).toMatch(
      /^[\d,]+ calls\/s: [\d,]+ in \d\.\d s over 3 connections × 2\nuid_taken [\d,]+\nmin [\d.]+ ms p50 /,
    )
    expect(out.split('\n').every((line) => line.length <= 80)).toBe(true)
    expect(exitCode).toBe(1)
    const json = JSON.parse((await talk(...args, '--duration', '100ms', '--json')).out)
    expect(json).toMatchObject({ connections: 3, inFlight: 2, failures: { uid_taken: expect.any(Number) } })
    expect(json.calls).toBeGreaterThan(json.failures.uid_taken)
    await until(() => quickstart.sessions.size === 0)
  })

  it('loads a server without extensions, and shows how far it is', async () => {
    const old = await GoLikeServer.listen({ hello: () => ({}) })
    const shown: string[] = []
    const run = beginWith(
      { status: (text) => void shown.push(text) },
      'bench',
      'hello',
      '--raw',
      '--url',
      old.url,
      '--duration',
      '500ms',
      '--json',
    )
    const { exitCode, out } = await run.ended
    expect(exitCode).toBe(0)
    const result = JSON.parse(out)
    expect(result.calls).toBe(old.frames.filter((frame) => frame.includes('"hello"')).length)
    expect(result.minMs).toBeLessThanOrEqual(result.p50Ms)
    expect(result.p50Ms).toBeLessThanOrEqual(result.p99Ms)
    expect(result.p99Ms).toBeLessThanOrEqual(result.maxMs)
    expect(shown[0]).toMatch(/^█+░+ +\d+ % [\d,]+ calls$/)
    expect(shown.at(-1)).toBe('')
    await old.close()
  })

  it('calls what --setup names first, on every connection, and exits 0 when no call failed', async () => {
    const old = await GoLikeServer.listen({ hello: () => ({}), login: () => ({}) })
    const args = ['--raw', '--url', old.url, '--connections', '3', '--duration', '200ms']
    expect(await talk('bench', 'hello', ...args, '--setup', 'login {"uid":1}')).toMatchObject({ exitCode: 0 })
    expect(old.frames.filter((frame) => frame.includes('"login"'))).toHaveLength(3)
    await old.close()
  })

  it('shows what it has when it is interrupted, and leaves no connection', async () => {
    const old = await GoLikeServer.listen({ hello: () => ({}) })
    const run = begin('bench', 'hello', '--raw', '--url', old.url, '--duration', '1m', '--json')
    await until(() => old.frames.length > 20)
    run.interrupt()
    const { exitCode, out } = await run.ended
    expect(exitCode).toBe(130)
    expect(JSON.parse(out).calls).toBeGreaterThan(0)
    await old.close()
  })

  it.each([
    [['register', '1', '--url', 'ws://example.org/ws'], 'ws://example.org/ws is not on this machine: --yes loads it'],
    [['register', '0'], '--uid must be >= 1, got 0.'],
    [['register', '1', '--connections', '0'], 'Expected a whole number from 1 to 10000.'],
    [['register', '1', '--duration', '10'], 'Expected a time as 500ms, 10s or 2m.'],
    [[], "missing required argument 'cmd'"],
  ])('refuses %j', async (args, says) => {
    expect(await talk('bench', ...args)).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining(says) })
  })

  it('exits 3 without a connection', async () => {
    const said = await talk('bench', 'register', '1', '--url', 'ws://127.0.0.1:1/ws')
    expect(said).toMatchObject({ exitCode: 3, err: expect.stringContaining('no connection to ws://127.0.0.1:1/ws') })
  })

  it('draws how far it is', () => {
    expect(barText(0.5)).toBe(`${'█'.repeat(15)}${'░'.repeat(15)}  50 %`)
    expect(barText(7)).toBe(`${'█'.repeat(30)} 100 %`)
  })
})
