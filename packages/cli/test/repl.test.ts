import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { until } from '@wsrv/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createQuickstartServer } from '../../../examples/quickstart/server.ts'
import { GoLikeServer } from '../../client/test/go-like-server.ts'
import { splitLine, splitTyped } from '../src/repl/split-line.ts'
import { beginWith, type Running } from './talk.ts'

const quickstart = createQuickstartServer(() => {})
const slow: string[] = []
quickstart.use((c, next) => {
  if (c.cmd !== 'who_is_online') return next()
  slow.push(c.cmd)
  return new Promise<void>(() => {})
})
const state = mkdtempSync(join(tmpdir(), 'wsrv-repl-'))
let url = ''
beforeAll(async () => {
  url = (await quickstart.listen(0, { path: '/ws', host: '127.0.0.1' })).url
  process.env['XDG_STATE_HOME'] = state
})
afterAll(async () => {
  delete process.env['XDG_STATE_HOME']
  rmSync(state, { recursive: true })
  await quickstart.close({ drainMs: 0 })
})

/** A repl whose keys are pressed here; `screen` is what the terminal was sent. */
function openTerminal(args: readonly string[]): { repl: Running; type: (keys: string) => void; screen: () => string } {
  const input = new PassThrough()
  const output = new PassThrough()
  let shown = ''
  output.on('data', (data) => {
    shown += data
  })
  const repl = beginWith({ terminal: { input, output, isInteractive: true } }, 'repl', ...args)
  return { repl, type: (keys) => void input.write(keys), screen: () => shown }
}

/** Runs lines as a script. */
async function runScript(lines: readonly string[], ...args: readonly string[]) {
  const input = new PassThrough()
  const terminal = { input, output: new PassThrough(), isInteractive: false }
  const repl = beginWith({ terminal }, 'repl', '--url', url, ...args)
  input.end(lines.join('\n'))
  return repl.ended
}

describe('wsrv repl', { timeout: 60_000 }, () => {
  it('calls line by line on one connection, and shows pushes', async () => {
    const said = await runScript([
      'register 41',
      '',
      '# a comment',
      'chat.join "lobby"',
      'chat.send lobby {"kind": "text", "text": "it\'s {me}"}',
    ])
    expect(said).toMatchObject({ exitCode: 0, err: '' })
    expect(said.out).toContain('⇠ user_register { "uid": 41 }')
    expect(said.out).toMatch(/⇠ chat\.message [\s\S]*"it's \{me\}"/)
    expect(said.out).toContain('{ "members": [41], "history": [] }')
  })

  it('goes on behind a mistake, says what it was, and exits 1 at the end of a script', async () => {
    const said = await runScript(['userinfo', 'registr 1', 'register {', 'register 42'])
    expect(said).toMatchObject({ exitCode: 1, out: expect.stringContaining('{}') })
    expect(said.err.split('\n')).toEqual([
      '[unauthenticated] userinfo: register first (status 401)',
      'the contract has no command "registr". Did you mean "register"? --raw calls without the contract.',
      '{ is not closed',
    ])
  })

  it('completes by the contract, remembers lines, gives a call up on Ctrl-C, and ends on Ctrl-D', async () => {
    const { repl, type, screen } = openTerminal(['--url', url])
    await until(() => screen().includes('wsrv> '))
    type('regi')
    type('\t')
    await until(() => screen().includes('register '))
    type('43\n')
    await repl.said(/^\{\}$/m)
    type('chat.send lobby --qu')
    type('\t')
    await until(() => screen().includes('chat.send lobby --quotes'))
    type('\u0015.help chat.history\n')
    await repl.said(/Usage: wsrv call chat\.history/)
    type(' .help chat.join\n')
    await repl.said(/Usage: wsrv call chat\.join/)
    type('\u0004')
    expect(await repl.ended).toMatchObject({ exitCode: 0, err: '' })
    // But for the one that begins with a space.
    expect(readFileSync(join(state, 'wsrv/history'), 'utf8')).toBe('.help chat.history\nregister 43\n')

    const again = openTerminal(['--setup', 'register {"uid":44}', '--url', url])
    await until(() => again.screen().includes('wsrv> '))
    again.type('\u001b[A\u001b[A')
    await until(() => again.screen().includes('register 43'))
    again.type('\u0015who_is_online\n')
    await until(() => slow.length === 1)
    again.type('\u0003')
    await again.repl.said(/^\[cancelled\] who_is_online$/m)
    again.type('\u0003')
    expect(await again.repl.ended).toMatchObject({ exitCode: 0 })
  })

  it('exits 3 when the connection is lost', async () => {
    const old = await GoLikeServer.listen({ leave: (_data, connection) => connection.drop() })
    const { repl, type, screen } = openTerminal(['--raw', '--url', old.url])
    await until(() => screen().includes('wsrv> '))
    type('leave\n')
    expect(await repl.ended).toMatchObject({ exitCode: 3, err: expect.stringContaining('the connection was lost') })
    await old.close()
  })
})

describe('a line', () => {
  it.each([
    ['a  b', ['a', 'b']],
    [`a 'b c' "d \\"e\\""`, ['a', 'b c', 'd "e"']],
    [`a {"b": "}'"} [1, 2]`, ['a', `{"b": "}'"}`, '[1, 2]']],
    ['a --b={"c": 1}', ['a', '--b={"c": 1}']],
  ])('is split: %s', (line, words) => {
    expect(splitLine(line)).toEqual(words)
  })

  it.each(["a 'b", 'a "b', 'a {"b": [1}'])('is refused while it is not closed: %s', (line) => {
    expect(() => splitLine(line)).toThrow('is not closed')
  })

  it.each([
    ['', [], ''],
    ['a', [], 'a'],
    ['a ', ['a'], ''],
    ['a {"b": ', ['a'], '{"b": '],
  ])('is split while it is typed: "%s"', (line, words, tail) => {
    expect(splitTyped(line)).toEqual({ words, tail })
  })
})
