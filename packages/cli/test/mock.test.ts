import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTempProject, type TempProject } from '../../codegen/test/temp-project.ts'
import { begin, type Running, start, talk } from './talk.ts'

let mock: Running
let url = ''
let files: TempProject

/** Serves a mock on a free port. */
async function open(running: Running): Promise<void> {
  mock = running
  url = await mock.said(/ws:\/\/127\.0\.0\.1:\d+\/ws/)
}

/** How the mock answers a page of another site that wants to connect. */
function statusForPage(origin: string): Promise<number | undefined> {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    origin,
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-version': '13',
  }
  return new Promise((resolve, reject) => {
    const asked = request(url.replace('ws', 'http'), { headers }).on('error', reject).end()
    asked.on('response', ({ statusCode }) => resolve(statusCode))
    asked.on('upgrade', ({ statusCode }, socket) => {
      socket.destroy()
      resolve(statusCode)
    })
  })
}

beforeAll(() => {
  const script = { answers: { userinfo: { data: { uid: 7, name: 'Ada', onlineSinceMs: 0 } } } }
  const moment = '"at":1,"from"'
  const recording = [
    '{"wsrv":"recording","version":1,"startedAt":"2026-01-31T12:00:00.000Z"}',
    `{${moment}:"client","message":{"cmd":"register","seqno":"seqno-0001","data":{"uid":1}}}`,
    `{${moment}:"server","message":{"cmd":"user_register","seqno":"12345678","status":0,"msg":"ok","data":{"uid":1}}}`,
    `{${moment}:"server","message":{"cmd":"register","seqno":"seqno-0001","status":1001,"msg":"taken","data":{"uid":1}}}`,
  ]
  files = createTempProject({
    'script.json': JSON.stringify(script),
    'wrong.json': '{"answers":{"userinfo":{"data":{"uid":0}}}}',
    'recording.jsonl': recording.join('\n'),
  })
})
afterEach(async () => {
  mock?.interrupt()
  await mock?.ended
})
afterAll(() => files.delete())

describe('wsrv mock', { timeout: 120_000 }, () => {
  it('serves the contract, a script and pushes, says what was asked, and leaves nothing behind', async () => {
    await open(
      start(['mock', '--port', '0', '--script', join(files.root, 'script.json'), '--push', 'have_user_left:100ms']),
    )
    expect(await talk('call', 'userinfo', '--url', url)).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('"Ada"'),
    })
    expect(await talk('call', 'who_is_online', '--url', url)).toMatchObject({ exitCode: 0 })
    expect((await talk('tail', 'have_user_left', '--for', '500ms', '--url', url)).out).toMatch(
      /^have_user_left \{ "uid": \d+ \}/,
    )
    mock.interrupt()
    const { exitCode, out } = await mock.ended
    expect(exitCode).toBe(0)
    expect(
      out
        .split('\n')
        .slice(0, 2)
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { cmd: 'userinfo', status: 0 },
      { cmd: 'who_is_online', status: 0 },
    ])
  })

  it('is open to pages of any origin', async () => {
    await open(begin('mock', '--port', '0'))
    expect(await statusForPage('https://page.example')).toBe(101)
  })

  it('answers as a recorded server did, and fails as it is asked to', async () => {
    await open(begin('mock', '--port', '0', '--script', join(files.root, 'recording.jsonl')))
    expect(await talk('call', 'register', '1', '--url', url)).toMatchObject({
      exitCode: 1,
      err: '[uid_taken] register: taken (status 1001)\n{ "uid": 1 }',
    })
    expect(await talk('call', 'register', '2', '--url', url)).toMatchObject({ exitCode: 0 })
    mock.interrupt()
    await mock.ended
    await open(begin('mock', '--port', '0', '--errors', '100%', '--latency', '1ms-5ms'))
    expect(await talk('call', 'register', '3', '--url', url)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('uid_taken'),
    })
  })

  it.each([
    [
      ['--push', 'have_user_lft:1s'],
      '--push: the contract has no push "have_user_lft". Did you mean "have_user_left"?',
    ],
    [['--push', 'have_user_left'], 'Expected a push and a time: news:5s.'],
    [['--errors', '120%'], 'Expected a share as 0.1 or 10%.'],
    [['--latency', '200ms-50ms'], 'Expected a time, or two, the longer one last: 50ms-200ms.'],
    [['--port', '70000'], 'Expected a number from 0 to 65535.'],
    [['--latencie', '1s'], 'Did you mean --latency?'],
  ])('refuses %j', async (args, says) => {
    expect(await talk('mock', ...args)).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining(says) })
  })

  it('says what is wrong with a script, and where', async () => {
    const said = await talk('mock', '--script', join(files.root, 'wrong.json'))
    expect(said).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('userinfo[0].data/uid must be >= 1, got 0.'),
    })
  })
})
