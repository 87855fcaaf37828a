import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createQuickstartServer } from '../../../examples/quickstart/server.ts'
import { GoLikeServer } from '../../client/test/go-like-server.ts'
import { plainOutput } from '../src/output.ts'
import { showHistogram, sumUp } from '../src/show/round-trips.ts'
import { start, talk } from './talk.ts'

const quickstart = createQuickstartServer(() => {})
let own = ''
let old: GoLikeServer
beforeAll(async () => {
  own = (await quickstart.listen(0, { path: '/ws', host: '127.0.0.1' })).url
})
beforeEach(async () => {
  old = await GoLikeServer.listen({
    greet: (_data, connection) => connection.push('have_user_left', { uid: 3 }),
    leave: (_data, connection) => void setTimeout(() => connection.drop(), 50),
  })
})
afterEach(() => old.close())
afterAll(() => quickstart.close({ drainMs: 0 }))

describe('wsrv tail', { timeout: 60_000 }, () => {
  it('prints the pushes that were asked for, as lines', async () => {
    const args = ['tail', 'user_register', '--for', '300ms', '--setup', 'register {"uid":7}', '--url', own]
    expect(await talk(...args)).toEqual({ exitCode: 0, out: 'user_register { "uid": 7 }', err: '' })
    const { out } = await talk(...args, '--json')
    expect(JSON.parse(out)).toEqual({ push: 'user_register', data: { uid: 7 } })
  })

  it('prints all of the contract, from a server without extensions, too', async () => {
    const said = await talk('tail', '--for', '300ms', '--setup', 'greet', '--url', old.url)
    expect(said).toEqual({ exitCode: 0, out: 'have_user_left { "uid": 3 }', err: '' })
  })

  it.each([
    [['have_user_lft'], 'the contract has no push "have_user_lft". Did you mean "have_user_left"?'],
    [['--for', '10'], 'Expected a time as 500ms, 10s or 2m.'],
    [['--raw'], 'there is no push to print'],
  ])('refuses %j', async (args, says) => {
    expect(await talk('tail', ...args)).toMatchObject({ exitCode: 2, err: expect.stringContaining(says) })
  })

  it('exits 3 when the connection is lost, or there was none', async () => {
    const lost = await talk('tail', '--raw', 'x', '--setup', 'leave', '--url', old.url)
    expect(lost).toEqual({ exitCode: 3, out: '', err: 'the connection was lost' })
    expect(await talk('tail', '--raw', 'x', '--url', 'ws://127.0.0.1:1/ws')).toMatchObject({ exitCode: 3 })
  })

  it('ends well when it is interrupted', async () => {
    const program = start(['tail', 'have_user_left', '--setup', 'greet', '--url', old.url])
    await program.said(/have_user_left/)
    program.interrupt()
    expect(await program.ended).toEqual({ exitCode: 0, out: '{"push":"have_user_left","data":{"uid":3}}\n', err: '' })
  })
})

describe('wsrv ping', () => {
  it.each([
    ['our server', () => own],
    ['a server without extensions', () => old.url],
  ])('measures round trips to %s', async (_, url) => {
    const { exitCode, out } = await talk('ping', '--count', '3', '--url', url())
    expect(exitCode).toBe(0)
    expect(out).toMatch(/^3 round trips: min [\d.]+ ms, median [\d.]+ ms, p99 [\d.]+ ms, max [\d.]+ ms\n.*█/)
    const json = JSON.parse((await talk('ping', '--count', '2', '--json', '--url', url())).out)
    expect(json).toMatchObject({ count: 2, minMs: expect.any(Number), p99Ms: expect.any(Number) })
    for (const value of Object.values(json)) expect(String(value)).toMatch(/^\d+(\.\d{1,3})?$/)
    expect(old.frames.filter((frame) => frame.includes('$ping')).length).toBe(url() === own ? 0 : 5)
  })

  it('refuses a count that is none, and exits 3 without a connection', async () => {
    expect(await talk('ping', '--count', '0')).toMatchObject({ exitCode: 2 })
    expect(await talk('ping', '--url', 'ws://127.0.0.1:1/ws')).toMatchObject({ exitCode: 3 })
  })

  it('sums up by nearest rank, and draws a bar for each span that has any', () => {
    const times = Array.from({ length: 100 }, (_, index) => index + 1)
    expect(sumUp(times)).toEqual({ count: 100, minMs: 1, medianMs: 50, p99Ms: 99, maxMs: 100 })
    const lines: string[] = []
    showHistogram(
      plainOutput((line) => void lines.push(line)),
      [1, 1, 1, 1, 9],
    )
    expect(lines).toEqual([`     1.00 ms  ${'█'.repeat(50)} 4`, `     8.00 ms  ${'█'.repeat(13)} 1`])
  })
})
