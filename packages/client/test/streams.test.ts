import { openStream, type Stream } from '@wsrv/client'
import { describe, expect, it } from 'vitest'
import { answerHello, createStage, reply, type Stage } from './stage.ts'

interface Played extends Stage {
  readonly seqno: string
  readonly stream: Stream<number, unknown>
}

const GRANT = '{"cancel":true,"session":{"sid":"s1","token":"t1"}}'
const BACK = '{"session":{"sid":"s1","token":"t2","resumed":true,"received":1}}'

/** A stream that has just been asked for, in a session. */
async function open(): Promise<Played> {
  const stage = createStage({ extensions: true, sessions: true })
  await stage.settle()
  await answerHello(stage, GRANT)
  const stream = openStream<number, unknown>(stage.client, { cmd: 'rows' }, {})
  await stage.settle()
  const requests = stage.peer.take().map((frame) => JSON.parse(String(frame)))
  const { seqno, credit } = requests.find(({ cmd }) => cmd === 'rows')
  expect(credit).toBe(64)
  return Object.assign(Object.create(stage), { seqno, stream })
}

/** Items as the server writes them. */
function items({ seqno, peer, settle }: Played, count: number): Promise<void> {
  const data = Array.from({ length: count }, (_, item) => item)
  peer.send(JSON.stringify({ cmd: 'rows', seqno, status: 100, msg: 'item', data }))
  return settle()
}

async function read({ stream }: Played, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await stream.next()
}

/** What the client has sent of this name, oldest first. */
function sent({ peer }: Played, cmd: string): readonly unknown[] {
  return peer.take().flatMap((frame) => {
    const message = JSON.parse(String(frame))
    return message.cmd === cmd ? [message.data] : []
  })
}

describe('a stream of a client', () => {
  it('is given credit for more items once half of them were read', async () => {
    const played = await open()
    await items(played, 64)
    await read(played, 31)
    expect(sent(played, '$credit')).toEqual([])
    await read(played, 1)
    expect(sent(played, '$credit')).toEqual([{ seqno: played.seqno, items: 32 + 64 }])
  })

  it('is given twice as much each time its reader starves, up to 4,096', async () => {
    const played = await open()
    let credit = 64
    let came = 0
    for (let round = 0; round < 12; round += 1) {
      await items(played, credit - came)
      await read(played, credit - came)
      came = credit
      const [...grants] = sent(played, '$credit') as { items: number }[]
      credit = grants.at(-1)?.items ?? credit
    }
    expect(credit - came).toBe(4_096)
  })

  it('repeats its newest credit on the next connection of its session', async () => {
    const played = await open()
    await items(played, 64)
    await read(played, 32)
    played.peer.drop()
    await played.clock.advance(500)
    await answerHello(played, BACK)
    expect(sent(played, '$credit')).toEqual([{ seqno: played.seqno, items: 96 }])
  })

  it('is lost by a gap that names it, and its server is asked to stop', async () => {
    const played = await open()
    await items(played, 1)
    await read(played, 1)
    played.peer.send(reply('$gap', 'k3v9zq1x', JSON.stringify({ n: 3, calls: [played.seqno] })))
    await expect(played.stream.next()).rejects.toMatchObject({ code: 'stream_lost', cmd: 'rows' })
    expect(sent(played, '$cancel')).toEqual([{ seqno: played.seqno }])
  })

  it('that was broken off drops what was on its way, and counts it', async () => {
    const played = await open()
    await items(played, 1)
    await played.stream.return()
    await items(played, 5)
    played.peer.drop()
    await played.clock.advance(500)
    expect(JSON.parse(String(played.peer.takeOne())).data.session).toMatchObject({ seen: 2 })
    expect(played.problems.filter(({ kind }) => kind === 'unexpected_message')).toEqual([])
    await expect(played.stream.response).rejects.toMatchObject({ code: 'cancelled' })
  })
})
