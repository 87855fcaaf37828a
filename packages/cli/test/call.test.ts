import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createQuickstartServer } from '../../../examples/quickstart/server.ts'
import { GoLikeServer, NO_ANSWER } from '../../client/test/go-like-server.ts'
import { ROOT } from '../../codegen/test/temp-project.ts'
import { cliLine } from '../../playground/src/page/share/client-code.ts'
import { showCommandHelp } from '../src/client/command-help.ts'
import { plainOutput } from '../src/output.ts'
import { splitLine, start, talk } from './talk.ts'

const quickstart = createQuickstartServer(() => {})
let own = ''
let old: GoLikeServer
beforeAll(async () => {
  own = (await quickstart.listen(0, { path: '/ws', host: '127.0.0.1' })).url
})
beforeEach(async () => {
  process.env['WSRV_URL'] = own
  old = await GoLikeServer.listen({
    register: () => ({}),
    userinfo: () => ({ uid: 1001, name: 'a user', onlineSinceMs: 1 }),
    hostile: () => ({ name: '\u001b[2J\u009b31m' }),
    silent: () => NO_ANSWER,
  })
})
afterEach(async () => {
  delete process.env['WSRV_URL']
  await old.close()
})
afterAll(() => quickstart.close({ drainMs: 0 }))

/** What a run said against the server without extensions, and what it sent there besides `$hello`. */
async function sent(...args: readonly string[]) {
  const said = await talk(...args, '--url', old.url)
  const requests = old.frames.filter((frame) => frame !== '').map((frame) => JSON.parse(frame))
  return { ...said, data: requests.filter(({ cmd }) => !cmd.startsWith('$')).map(({ data }) => data) }
}

describe('wsrv call', () => {
  it.each([
    [['register', '7']],
    [['register', '--uid', '7']],
    [['register', '--uid=7']],
    [['register', '--data', '{"uid":7}']],
    [['register', '--data', '{"uid":8}', '--uid', '7']],
    [['register', '--raw', '--uid', '7']],
  ])('sends %j typed, to a server without extensions, too', async (args) => {
    expect(await sent('call', ...args)).toEqual({ exitCode: 0, out: '{}', err: '', data: [{ uid: 7 }] })
    expect(await talk('call', ...args)).toMatchObject({ exitCode: 0, out: '{}', err: '' })
  })

  it('takes objects as JSON, or a property of theirs by its path', async () => {
    const content = { kind: 'text', text: '7' }
    expect(await sent('call', 'chat.send', 'lobby', JSON.stringify(content))).toMatchObject({
      exitCode: 1,
      err: '[not_implemented] chat.send: not implement (status -1)',
      data: [{ room: 'lobby', content }],
    })
  })

  it('takes what the playground copies', async () => {
    const [, ...args] = splitLine(cliLine('register', { uid: 7 }, old.url))
    expect(await sent(...args)).toMatchObject({ exitCode: 0, data: [{ uid: 7 }] })
  })

  it.each([
    [['register', '0'], '--uid must be >= 1, got 0.'],
    [['register', 'x'], '--uid must be integer, got "x".'],
    [['register'], '--uid is required, got nothing.'],
    [['register', '--udi', '7'], 'register has no flag --udi. Did you mean "--uid"?'],
    [['register', '--uid'], '--uid needs a value.'],
    [['register', '7', '8'], 'register takes <uid>, got "8" besides.'],
    [['userinfo', '--uid', '7'], 'userinfo has no flag --uid. It has no flags.'],
    [['register', '--data', '{uid}'], '--data must be JSON, got "{uid}".'],
    [['registr', '7'], 'the contract has no command "registr". Did you mean "register"? --raw'],
    [
      ['chat.send', 'lobby', '{"kind":"txt"}'],
      'data at /content/kind must be one of "text", "image", "poll", got "txt"',
    ],
    [['register', '--raw', '7'], '"7" needs a contract to say what it is: use a flag.'],
    [['register', '7', '--setup', 'userinfo {'], 'Expected a command and its data as JSON'],
    [['register', '7', '--timeout-ms', '0'], 'Expected a whole number of ms from 1 to'],
    [['register', '7', '--url', 'http://127.0.0.1'], 'Expected a WebSocket URL as ws://127.0.0.1:8800/ws.'],
    [[], "missing required argument 'cmd'"],
  ])('refuses %j before anything is sent', async (args, says) => {
    const { exitCode, out, err } = await talk('call', ...args)
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain(says)
  })

  it('refuses for programs with a report', async () => {
    const { exitCode, out, err } = await talk('call', 'register', '0', '--json')
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: '' })
    expect(JSON.parse(out)).toMatchObject({ ok: false, problems: [{ message: '--uid must be >= 1, got 0.' }] })
  })

  it('shows a refusal with its code, its data below; for programs as one line', async () => {
    const setup = ['--setup', 'register {"uid":8}']
    expect(await talk('call', 'chat.history', 'lobby', ...setup)).toEqual({
      exitCode: 1,
      out: '',
      err: '[not_in_room] chat.history: Join the room first. (status 1101)\n{ "room": "lobby" }',
    })
    const { err } = await talk('call', 'chat.history', 'lobby', ...setup, '--json')
    expect(JSON.parse(err)).toMatchObject({ cmd: 'chat.history', status: 1101, code: 'not_in_room' })
  })

  it('shows which call of the setup was refused', async () => {
    const said = await talk('call', 'userinfo', '--setup', 'chat.join {"room":"lobby"}')
    expect(said).toMatchObject({ exitCode: 1, err: '[unauthenticated] chat.join: register first (status 401)' })
  })

  it('exits 3 without a connection, and 1 without an answer', async () => {
    const none = await talk('call', 'register', '7', '--url', 'ws://127.0.0.1:1/ws')
    expect(none).toMatchObject({ exitCode: 3, out: '', err: expect.stringMatching(/^\[disconnected\].*ECONNREFUSED/) })
    expect(await sent('call', 'silent', '--raw', '--timeout-ms', '300')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('[timeout] silent'),
    })
  })

  it('writes for people what fits into 80 columns, and keeps a hostile peer’s hands off the terminal', async () => {
    const { out } = await talk('call', 'chat.join', 'lobby', '--setup', 'register {"uid":9}')
    expect(out).toBe('{ "members": [9], "history": [] }')
    const hostile = await sent('call', 'hostile', '--raw')
    expect(hostile.out).toBe(String.raw`{ "name": "\u001b[2J\u009b31m" }`)
    const wire = await sent('call', 'hostile', '--raw', '-v')
    expect(wire.err).toContain('→ {"cmd":"hostile"')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(wire.err).not.toMatch(/[\u001b\u009b]/)
  })

  it('breaks what a contract says at length, so that it fits into 80 columns', () => {
    const says = 'It says a lot of itself, '.repeat(8).trim()
    const request = { type: 'object', properties: { name: { type: 'string', description: says } } }
    const errors = { not_found: { status: 1001, description: says, data: {} } }
    const lines: string[] = []
    const output = plainOutput((text) => void lines.push(...text.split('\n')))
    showCommandHelp(output, { cmd: 'find', description: says, request, response: {}, errors, idempotent: true }, {})
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    expect(lines.join(' ').replace(/\s+/g, ' ').split(says)).toHaveLength(4)
  })

  it('shows what a command takes', async () => {
    const { out } = await talk('call', 'chat.history', '--help')
    expect(out.split('\n')).toEqual([
      'Usage: wsrv call chat.history <room> [flags]',
      '',
      'Older messages of a room, page by page.',
      '',
      'Flags:',
      '  --room <string>     Room name: small letters, digits and dashes. (required)',
      '  --limit <integer>   Messages to return at most. (default 20)',
      '  --before <integer>  Only messages older than this id.',
      '',
      'Errors:',
      '  not_in_room 1101  Join the room first.',
    ])
    expect((await talk('call', '--help')).out).toMatch(/^Usage: wsrv call /)
  })

  it.each(readLines())('does what README.md says: %s', async (line) => {
    const args = splitLine(line).slice(1)
    for (const url of [own, old.url]) {
      const said = await talk(...args.filter((arg) => !arg.startsWith('ws://') && arg !== '--url'), '--url', url)
      expect(said).toMatchObject({ exitCode: 0 })
    }
  })
})

describe('the program', { timeout: 120_000 }, () => {
  it('writes one line of JSON where it is piped, and no colour unless asked', async () => {
    const args = ['call', 'userinfo', '--setup', 'register {"uid":10}', '--url', old.url]
    const [plain, coloured, refused] = await Promise.all([
      start(args).ended,
      start(['call', 'nothing', '--raw', '--url', old.url], { FORCE_COLOR: '1' }).ended,
      start(['call', 'nothing', '--raw', '--url', old.url], { FORCE_COLOR: '1', NO_COLOR: '1' }).ended,
    ])
    expect(plain).toEqual({ exitCode: 0, out: '{"uid":1001,"name":"a user","onlineSinceMs":1}\n', err: '' })
    expect(coloured.err).toContain('\u001b[31m[not_implemented]')
    expect(refused).toEqual({ exitCode: 1, out: '', err: '[not_implemented] nothing: not implement (status -1)\n' })
  })

  it('ends its connection when it is interrupted, and says nothing', async () => {
    const program = start(['call', 'silent', '--raw', '-v', '--url', old.url])
    await program.said(/→ \{"cmd":"silent"/)
    program.interrupt()
    expect(await program.ended).toMatchObject({ exitCode: 130, out: '' })
  })
})

/** The lines that README.md shows for talking to a server. */
function readLines(): readonly string[] {
  const page = readFileSync(join(ROOT, 'packages/cli/README.md'), 'utf8')
  return page.split('\n').filter((line) => /^wsrv (call|tail|ping|bench) /.test(line))
}
