import { PAUSE_BYTES } from '@wsrv/protocol'
import { describe, expect, it } from 'vitest'
import type { ServerConnection } from '../connection/transport.ts'
import { Link } from './link.ts'
import { LiveSession } from './live-session.ts'

function start() {
  const log: unknown[] = []
  const stage = { now: 0, bufferedBytes: 0, sent: [] as unknown[] }
  const session = new LiveSession({} as never, {} as never)
  const callbacks = {
    received: (_session: LiveSession, payload: unknown) => log.push(payload),
    alive: () => {
      log.push('alive')
      return stage.now
    },
    exceeded: () => log.push('exceeded'),
    drained: () => log.push('drained'),
    closed: ({ isCurrent }: Link, code: number) => log.push([isCurrent, code]),
  }
  const connection = {
    request: { headers: {}, socket: { remoteAddress: '::1' } },
    get bufferedBytes() {
      return stage.bufferedBytes
    },
    send: (messages: readonly unknown[]) => stage.sent.push(...messages),
  } as unknown as ServerConnection
  const link = (): Link => new Link(connection, session, callbacks)
  return Object.assign(stage, { log, session, link })
}

function report(link: Link): void {
  link.received('message', 7)
  link.ponged()
  link.progressed()
  link.drained()
  link.exceeded()
  link.closed(1006, '')
}

describe('a link', () => {
  it('reports what its connection delivers while it is its session’s current one', () => {
    const { log, session, link } = start()
    const only = link()
    session.link = only
    report(only)
    expect(log).toEqual(['message', 'alive', 'alive', 'drained', 'exceeded', [true, 1006]])
    expect([session.remoteAddress, session.request.socket.remoteAddress]).toEqual(['::1', '::1'])
  })

  it('delivers nothing but its end once another has taken its place', () => {
    const { log, session, link } = start()
    const [old, current] = [link(), link()]
    session.link = current
    report(old)
    expect(log).toEqual([[false, 1006]])
    report(current)
    expect(log).toHaveLength(7)
  })

  it('shows a client that speaks the extensions once a second that its long message comes', () => {
    const stage = start()
    const link = stage.link()
    stage.session.link = link
    const progress = (nowMs: number): unknown[] => {
      stage.now = nowMs
      link.progressed()
      return stage.sent.splice(0)
    }
    expect(progress(0)).toEqual([])
    stage.session.client = 'a client'
    expect(progress(500)).toMatchObject([{ payload: '', kind: 'control' }])
    expect(progress(1_400)).toEqual([])
    expect(progress(1_500)).toHaveLength(1)
    stage.bufferedBytes = PAUSE_BYTES
    expect(progress(9_000)).toEqual([])
  })
})
