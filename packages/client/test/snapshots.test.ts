import { offerSnapshots } from '@wsrv/client'
import { describe, expect, it } from 'vitest'
import { answerHello, createStage, openStage, reply, type Stage } from './stage.ts'

const LIST = { cmd: 'list', idempotent: true }
const GRANT = '{"session":{"sid":"s1","token":"t1"}}'
const OTHER = '{"session":{"sid":"s2","token":"t2","resumed":false,"why":"unknown"}}'

interface Snapshotting {
  snapshot?: () => Promise<unknown>
}

/** A client that lost its session, so that it may have missed pushes of any name. */
async function gapStage(listen: (stage: Stage) => void, random = () => 0.5): Promise<Stage> {
  const stage = createStage({ extensions: true, sessions: true, random })
  offerSnapshots(stage.client, { tick: LIST, user_register: LIST }, { clock: stage.clock, random })
  listen(stage)
  await stage.settle()
  await answerHello(stage, GRANT)
  stage.peer.drop()
  await stage.clock.advance(500)
  await answerHello(stage, OTHER)
  stage.peer.take()
  return stage
}

describe('a gap', () => {
  it('of a push with a snapshot command fetches one, within 2 s', async () => {
    const answers: unknown[] = []
    const stage = await gapStage(({ client }) =>
      client.onGap('tick', async (gap) => answers.push(await (gap as Snapshotting).snapshot?.())),
    )
    await stage.clock.advance(999)
    expect(stage.peer.take()).toEqual([])
    await stage.clock.advance(1)
    const { cmd, seqno, data } = JSON.parse(String(stage.peer.takeOne()))
    expect([cmd, data]).toEqual(['list', {}])
    stage.peer.send(reply('list', seqno, '[1,2]'))
    await stage.settle()
    expect(answers).toEqual([[1, 2]])
  })

  it('shares the call with what asks before it leaves; what asks later has one of its own', async () => {
    const gaps: Snapshotting[] = []
    const stage = await gapStage(({ client }) => {
      client.onGap('tick', (gap) => gaps.push(gap as Snapshotting))
      client.onGap('user_register', (gap) => gaps.push(gap as Snapshotting))
    })
    const ask = (): void => {
      for (const { snapshot } of gaps) snapshot?.().catch(() => {})
    }
    ask()
    await stage.clock.advance(999)
    ask()
    await stage.clock.advance(1)
    const lists = (): readonly unknown[] => stage.peer.take().filter((frame) => String(frame).includes('"list"'))
    expect(lists()).toHaveLength(1)
    ask()
    await stage.clock.advance(1_000)
    expect(lists()).toHaveLength(1)
  })

  it('of another push has none', async () => {
    const gaps: object[] = []
    const { client } = await openStage()
    offerSnapshots(client, { other: LIST })
    const off = client.onGap('tick', (gap) => gaps.push(gap))
    off()
    const stage = await gapStage((one) => {
      one.client.onGap('nothing' as 'tick', (gap) => gaps.push(gap))
    })
    expect(stage.client.state).toBe('open')
    expect(gaps).toEqual([{ count: undefined, why: 'lost' }])
  })
})
