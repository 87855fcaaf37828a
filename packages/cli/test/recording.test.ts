import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseRecording } from '@wsrv/protocol/recording'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { converse } from '../../../examples/quickstart/conversation.ts'
import type { createQuickstartServer } from '../../../examples/quickstart/server.ts'
import { GoLikeServer } from '../../client/test/go-like-server.ts'
import { createTempProject, type TempProject } from '../../codegen/test/temp-project.ts'
import { begin, type Running, talk } from './talk.ts'

type Quickstart = ReturnType<typeof createQuickstartServer>

let files: TempProject
let recorded = ''
const servers: Quickstart[] = []

/** A fresh quickstart server, its rooms and users empty, changed or not. */
async function serve(change: (server: Quickstart) => unknown = () => {}): Promise<string> {
  vi.resetModules()
  const quickstart = await import('../../../examples/quickstart/server.ts')
  const server = quickstart.createQuickstartServer(() => {})
  change(server)
  servers.push(server)
  return (await server.listen(0, { path: '/ws', host: '127.0.0.1' })).url
}

async function record(server: string, file: string, say: (url: string) => Promise<void>): Promise<Running['ended']> {
  const recorder = begin('record', server, '--port', '0', '--out', file)
  await say(await recorder.said(/ws:\/\/127\.0\.0\.1:\d+\/ws(?= in place)/))
  recorder.interrupt()
  return recorder.ended
}

beforeAll(async () => {
  const hidden = [
    '{"wsrv":"recording","version":1,"startedAt":"2026-01-31T12:00:00.000Z"}',
    '{"at":1,"from":"client","message":{"cmd":"$auth","seqno":"seqno-0001","data":{"auth":"…"}}}',
  ]
  files = createTempProject({ 'wrong.jsonl': '{}', 'hidden.jsonl': hidden.join('\n') })
  recorded = join(files.root, 'quickstart.jsonl')
  const said = await record(await serve(), recorded, (url) => converse(url, () => {}))
  expect(said).toMatchObject({ exitCode: 0, out: '', err: expect.stringMatching(/\d+ lines of 3 connections in /) })
}, 60_000)
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close({ drainMs: 0 })
})
afterAll(() => files.delete())

describe('wsrv record', { timeout: 120_000 }, () => {
  it('writes the whole conversation, readable', () => {
    const { header, lines } = parseRecording(readFileSync(recorded, 'utf8'))
    expect(header).toMatchObject({ wsrv: 'recording', url: expect.stringContaining('/ws') })
    expect(lines.filter((line) => 'event' in line && line.event === 'open')).toHaveLength(3)
    const messages = lines.flatMap((line) => ('event' in line ? [] : [line.message]))
    expect(messages).toContainEqual(expect.objectContaining({ cmd: 'register', data: { uid: 1001 } }))
    expect(messages).toContainEqual(expect.objectContaining({ cmd: 'chat.message', status: 0 }))
  })

  it('refuses what is not a WebSocket URL, and says of a port that is taken', async () => {
    expect(await talk('record', 'http://127.0.0.1')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('Expected a WebSocket URL'),
    })
    const { port } = new URL(await serve())
    const taken = await talk('record', 'ws://127.0.0.1/ws', '--port', port)
    expect(taken).toMatchObject({ exitCode: 1, err: expect.stringContaining('EADDRINUSE') })
  })
})

describe('wsrv replay', { timeout: 120_000 }, () => {
  it('is green against the server that was recorded', async () => {
    const said = await talk('replay', recorded, '--url', await serve())
    expect(said).toEqual({ exitCode: 0, out: expect.stringMatching(/^✓ \d\d compared, 0 differences$/), err: '' })
  })

  it('is red with a readable diff when a handler changes', async () => {
    const rename = (server: Quickstart): unknown =>
      server.use((c, next) => (c.cmd === 'userinfo' && c.get('uid') ? c.ok({ ...USER }) : next()))
    const changed = await serve(rename)
    const { exitCode, out, err } = await talk('replay', recorded, '--url', changed)
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
    expect(err).toMatch(/^✗ reply to userinfo .*quickstart\.jsonl:\d+, connection \d/)
    expect(err).toMatch(/-\s+"name": ".+",?\n\s+\+\s+"name": "another"/)
    expect(err).toMatch(/\d\d compared, 1 difference$/)
    const { out: lines } = await talk('replay', recorded, '--url', await serve(rename), '--json')
    expect(JSON.parse(lines)).toMatchObject({ what: 'reply to userinfo', came: { data: { name: 'another' } } })
    const ignored = await talk('replay', recorded, '--url', await serve(rename), '--ignore', 'userinfo:data.*')
    expect(ignored).toMatchObject({ exitCode: 0 })
  })

  it('says what does not come, and what comes besides', async () => {
    const changed = await serve((server) => {
      server.use((c, next) => {
        if (c.cmd === 'userinfo' && c.get('uid')) c.push('have_user_left', { uid: 3 })
        return c.cmd === 'who_is_online' ? c.abort(401, 'no') : next()
      })
    })
    const { exitCode, err } = await talk('replay', recorded, '--url', changed, '--timeout-ms', '300')
    expect(exitCode).toBe(1)
    expect(err).toMatch(/✗ push have_user_left not recorded, connection 1\n.*\n\s+\+\{/)
  })

  it('presents the credentials of --auth in place of those left out', async () => {
    const old = await GoLikeServer.listen({})
    const args = ['--url', old.url, '--auth', '{"token":"mine"}', '--timeout-ms', '100']
    await talk('replay', join(files.root, 'hidden.jsonl'), ...args)
    await old.close()
    expect(old.frames.map((frame) => JSON.parse(frame).data)).toEqual([{ auth: { token: 'mine' } }])
  })

  it('exits 3 without a server, and 2 for what is not a recording or a rule', async () => {
    const none = await talk('replay', recorded, '--url', 'ws://127.0.0.1:1/ws')
    expect(none).toMatchObject({ exitCode: 3, err: expect.stringContaining('no connection to ws://127.0.0.1:1/ws') })
    const wrong = await talk('replay', join(files.root, 'wrong.jsonl'))
    expect(wrong).toMatchObject({ exitCode: 2, err: expect.stringContaining('must be the header of a recording') })
    const rule = await talk('replay', recorded, '--ignore', 'a b')
    expect(rule).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('a rule must be a path as data.users.*.name'),
    })
    expect(await talk('replay', join(files.root, 'none.jsonl'))).toMatchObject({ exitCode: 1 })
  })
})

const USER = { uid: 1001, name: 'another', onlineSinceMs: 1_769_860_800_000 }
