import { describe, expect, it } from 'vitest'
import { readMessage } from '../wire/message.ts'
import { latencyOf } from './entry.ts'
import { Rows, SHOW_ALL } from './rows.ts'
import { Timeline } from './timeline.ts'

describe('a timeline', () => {
  it('pairs answers by seqno, in whatever order they come, and measures them', () => {
    const timeline = timelineOf(['>a 1', '>b 2', '<b 2 0', '<a 1 400'])
    expect(
      timeline.entries.map((entry) => entry.kind === 'call' && [entry.response?.status, latencyOf(entry)]),
    ).toEqual([
      [400, 3],
      [0, 1],
    ])
  })

  it('groups the items of a stream under their call', () => {
    const [entry] = timelineOf(['>a 1', '<a 1 100', '<a 1 100', '<a 1 0']).entries
    expect(entry?.kind === 'call' && [entry.items.length, entry.response?.status]).toEqual([2, 0])
  })

  it('tells pushes from answers to nothing by the length of their seqno', () => {
    const kinds = timelineOf(['<news Xk3v9Zq1 0', '<late aaaaaa-0001 0', '<b  400']).entries.map(({ kind }) => kind)
    expect(kinds).toEqual(['push', 'stray', 'stray'])
  })

  it('folds heartbeats and pings that nothing divides', () => {
    const { entries } = timelineOf(['>', '>$ping 1', '<$ping 1 0', '>', '>a 2', '>'])
    expect(entries.map((entry) => (entry.kind === 'pulse' ? entry.messages.length : entry.kind))).toEqual([
      4,
      'call',
      1,
    ])
  })

  it('says of calls in flight that they are lost with the connection', () => {
    const timeline = timelineOf(['>a 1'])
    timeline.addEvent('close', 9, { code: 1006, reason: '' })
    expect(timeline.entries[0]).toMatchObject({ kind: 'call', lost: 'disconnected' })
  })

  it('drops its oldest tenth beyond 100,000 rows, says so, and still finds rows by id', () => {
    const timeline = new Timeline()
    const news = message('<news Xk3v9Zq1 0', 0)
    for (let index = 0; index <= 100_000; index += 1) timeline.add(news)
    expect([timeline.entries.length, timeline.dropped]).toEqual([90_000, 10_001])
    expect(timeline.find(10_001)).toBeUndefined()
    expect(timeline.find(10_002)).toBe(timeline.entries[0])
    expect(timeline.bytes).toBe(90_000 * news.bytes)
  })
})

describe('rows', () => {
  it('follow a timeline without reading it again, also past a clear', () => {
    const timeline = timelineOf(['>a 1', '<news Xk3v9Zq1 0'])
    const rows = new Rows(timeline)
    const none = new Set<number>()
    const first = rows.update(SHOW_ALL, none)
    timeline.add(message('<a 1 0', 5))
    expect(rows.update(SHOW_ALL, none)).toBe(first)
    timeline.clear()
    timeline.add(message('>b 3', 6))
    timeline.add(message('>c 4', 7))
    expect(rows.update(SHOW_ALL, none).map(({ entry }) => entry.id)).toEqual([3, 4])
  })

  it('follow what an answer says where that decides', () => {
    const timeline = timelineOf(['>a 1', '>b 2'])
    const rows = new Rows(timeline)
    const failed = { ...SHOW_ALL, failedOnly: true }
    expect(rows.update(failed, new Set())).toEqual([])
    timeline.add(message('<a 1 500', 5))
    expect(rows.update(failed, new Set()).length).toBe(1)
  })
})

function timelineOf(texts: readonly string[]): Timeline {
  const timeline = new Timeline()
  for (const [index, text] of texts.entries()) timeline.add(message(text, index))
  return timeline
}

/** A message in short: `>` or `<`, then cmd, seqno and status; nothing is a heartbeat. */
function message(text: string, atMs: number) {
  const [cmd, seqno, status] = text.slice(1).split(' ')
  const from = text.startsWith('>') ? 'client' : 'server'
  const envelope = { cmd, seqno, ...(from === 'server' && { status: Number(status), msg: '' }), data: {} }
  return readMessage({ atMs, from, payload: cmd === '' ? '' : JSON.stringify(envelope) })
}
