import { describe, expect, it } from 'vitest'
import { openStage, reply, type Stage } from './stage.ts'

const GRANT = { windowMs: 120_000, ackEvery: 256, ackBytes: 65_536 }
const GOAWAY = '{"cmd":"$goaway","seqno":"abcdefgh","status":0,"msg":"ok","data":{"drainMs":5000}}'

/** Answers the `$hello` of the current connection with a session, and returns what follows the acknowledgement. */
async function grant({ peer, settle }: Stage, session: object = {}): Promise<string[]> {
  const { seqno } = JSON.parse(String(peer.takeOne()))
  peer.send(reply('$hello', seqno, JSON.stringify({ session: { sid: 's1', token: 't1', ...GRANT, ...session } })))
  await settle()
  const [ack, ...rest] = peer.take().map(String)
  expect(ack).toBe('{"cmd":"$ack","data":{"n":0}}')
  return rest
}

async function openWithSession(): Promise<Stage> {
  const stage = await openStage({ extensions: true, sessions: true })
  await grant(stage)
  return stage
}

describe('asked to go on elsewhere, a client', () => {
  it('with nothing in flight closes with 4012 and connects again at once', async () => {
    const stage = await openWithSession()
    const { peer } = stage
    peer.send(GOAWAY)
    await stage.settle()
    expect(peer.closed).toMatchObject({ code: 4012 })
    expect(stage.peer).not.toBe(peer)
    await grant(stage, { sid: 's2', resumed: false, why: 'unknown' })
    expect(stage.client.state).toBe('open')
    expect(stage.problems).toEqual([])
  })

  it('waits for the calls that it has sent, and sends those that are made meanwhile to the next server', async () => {
    const stage = await openWithSession()
    const { peer, client } = stage
    const first = client.call<unknown>({ cmd: 'first' }, {})
    await stage.settle()
    const { seqno } = JSON.parse(String(peer.takeOne()))
    peer.send(GOAWAY)
    await stage.settle()
    const second = client.call<unknown>({ cmd: 'second' }, {})
    await stage.settle()
    expect([peer.take(), peer.closed]).toEqual([[], undefined])
    peer.send(reply('first', seqno, '1'))
    await stage.settle()
    expect(await first).toBe(1)
    expect(peer.closed).toMatchObject({ code: 4012 })
    const [text = ''] = await grant(stage, { sid: 's2', resumed: false, why: 'unknown' })
    const sent = JSON.parse(text)
    expect(sent.cmd).toBe('second')
    stage.peer.send(reply('second', sent.seqno, '2'))
    expect(await second).toBe(2)
  })

  it('is closed by the server when a call is not answered in time, and comes back', async () => {
    const stage = await openWithSession()
    const call = stage.client.call({ cmd: 'slow' }, {})
    call.catch(() => undefined)
    await stage.settle()
    const { peer } = stage
    peer.take()
    peer.send(GOAWAY)
    peer.close(1012, 'the server is shutting down')
    await stage.settle()
    expect(peer.closed).toMatchObject({ code: 1012 })
    expect(stage.peer).not.toBe(peer)
    expect(JSON.parse(String(stage.peer.takeOne())).data.session).toMatchObject({ sid: 's1', try: 1 })
  })
})
