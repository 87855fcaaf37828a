import { describe, expect, it } from 'vitest'
import type { ServerConnection } from '../connection/transport.ts'
import { Link } from './link.ts'
import { LiveSession } from './live-session.ts'

function start() {
  const log: unknown[] = []
  const session = new LiveSession({} as never, {} as never)
  const callbacks = {
    received: (_session: LiveSession, payload: unknown) => log.push(payload),
    ponged: () => log.push('ponged'),
    exceeded: () => log.push('exceeded'),
    drained: () => log.push('drained'),
    closed: ({ isCurrent }: Link, code: number) => log.push([isCurrent, code]),
  }
  const connection = { request: { headers: {}, socket: { remoteAddress: '::1' } } } as unknown as ServerConnection
  const link = (): Link => new Link(connection, session, callbacks)
  return { log, session, link }
}

function report(link: Link): void {
  link.received('message', 7)
  link.ponged()
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
    expect(log).toEqual(['message', 'ponged', 'drained', 'exceeded', [true, 1006]])
    expect([session.remoteAddress, session.request.socket.remoteAddress]).toEqual(['::1', '::1'])
  })

  it('delivers nothing but its end once another has taken its place', () => {
    const { log, session, link } = start()
    const [old, current] = [link(), link()]
    session.link = current
    report(old)
    expect(log).toEqual([[false, 1006]])
    report(current)
    expect(log).toHaveLength(6)
  })
})
